import 'reflect-metadata'
import { X509CertificateGenerator, type X509Certificate } from '@peculiar/x509'
import { createPrivateKey, createPublicKey, webcrypto } from 'node:crypto'
import { randomHex } from './random-text.js'

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const
const ISSUER = 'C=CN, O=WeChat sandbox, CN=WeChat sandbox CA'
const DAY_MS = 86_400_000
const LIFETIME_MS = 5 * 365 * DAY_MS

export interface CertificateRequest {
  /** `C=…, O=…, CN=…` */
  subject: string
  publicKeyPem: string
  /** Epoch milliseconds. The certificate is valid for five years. */
  validFrom: number
}

/** Issues certificates, as WeChat does for merchants and itself. node:crypto can read certificates but not make them. */
export class CertificateAuthority {
  constructor(private readonly privateKeyPem: string) {}

  /** @returns the certificate, PEM. */
  async issue({ subject, publicKeyPem, validFrom }: CertificateRequest): Promise<string> {
    const certificate: X509Certificate = await X509CertificateGenerator.create({
      serialNumber: newSerial(),
      issuer: ISSUER,
      subject,
      notBefore: new Date(validFrom),
      notAfter: new Date(validFrom + LIFETIME_MS),
      signingAlgorithm: RSA,
      publicKey: await importPublicKey(publicKeyPem),
      signingKey: await importPrivateKey(this.privateKeyPem),
    })
    return certificate.toString('pem')
  }
}

/** Forty hexadecimal digits as in real serials. The first is not zero, because certificate parsers drop leading zeros. */
function newSerial(): string {
  return `5${randomHex(40).slice(1)}`
}

function importPrivateKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  return webcrypto.subtle.importKey('pkcs8', der, RSA, false, ['sign'])
}

function importPublicKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' })
  return webcrypto.subtle.importKey('spki', der, RSA, true, ['verify'])
}
