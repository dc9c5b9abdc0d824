import { X509Certificate } from 'node:crypto'
import { Aes } from 'wechatpay-axios-plugin'
import { PayKeyBook, type PlatformCertificate } from './pay-key-book.js'
import { UnverifiedMessage, verifyAge, verifySignature, type SignatureHeaders } from './signed-message.js'

interface CertificateList {
  data: Array<{
    serial_no: string
    effective_time: string
    expire_time: string
    encrypt_certificate: { ciphertext: string; nonce: string; associated_data?: string }
  }>
}

/**
 * Decrypts and verifies the answer of `GET /v3/certificates`. Only WeChat and the merchant have the APIv3 key, so a
 * certificate that it decrypts comes from WeChat. The signature over the whole answer is then checked with one of
 * these certificates or with a key known before.
 * @throws UnverifiedMessage
 */
export function openCertificateList(
  rawBody: string,
  headers: SignatureHeaders,
  apiV3Key: string,
  known: PayKeyBook,
  now: Date,
): PlatformCertificate[] {
  verifyAge(headers, now)
  const certificates = decrypted(rawBody, apiV3Key)
  const signer = known.withCertificates(certificates).keyOf(headers.serial, now)
  verifySignature(rawBody, headers, signer ?? known.keyOf(headers.serial, now))
  return certificates
}

function decrypted(rawBody: string, apiV3Key: string): PlatformCertificate[] {
  try {
    const { data } = JSON.parse(rawBody) as CertificateList
    return data.map(({ serial_no, encrypt_certificate: sealed }) => {
      const { ciphertext, nonce, associated_data = '' } = sealed
      const certificate = new X509Certificate(
        Aes.AesGcm.decrypt(ciphertext, apiV3Key, nonce, associated_data),
      )
      const serial = certificate.serialNumber.toUpperCase()
      if (serial !== serial_no.toUpperCase()) throw new Error('another certificate than announced')
      return {
        serial,
        key: certificate.publicKey,
        validFrom: new Date(certificate.validFrom),
        validUntil: new Date(certificate.validTo),
      }
    })
  } catch (error) {
    throw new UnverifiedMessage(`certificate list: ${error instanceof Error ? error.message : 'unreadable'}`)
  }
}
