import type { PayCredentials } from './pay-credentials.js'
import { PayRefusal, payErrorOf } from './pay-errors.js'
import type { PayKeyBook, PlatformCertificate } from './pay-key-book.js'
import { openCertificateList } from './platform-certificates.js'
import { signatureHeaders } from './signed-message.js'
import { signedClient } from './signed-client.js'

const TIMEOUT_MS = 8_000
const CERTIFICATES = 'v3/certificates'

/**
 * Downloads the platform certificates that WeChat lists for a merchant.
 * @returns null when the merchant has none, as in public-key mode
 * @throws PayRefusal, PayUnreachable, UnverifiedMessage
 */
export async function downloadCertificates(
  credentials: PayCredentials,
  known: PayKeyBook,
  payUrl: string,
  now: Date,
): Promise<PlatformCertificate[] | null> {
  const answer = await signedClient(credentials, {}, payUrl)
    .request<string>({
      method: 'GET',
      url: CERTIFICATES,
      timeout: TIMEOUT_MS,
      // The raw text disables the library's verification, which would need the certificates in this answer.
      transformResponse: [(raw: string) => raw],
    })
    .catch((error: unknown) => {
      const failure = payErrorOf(withJson(error))
      if (failure instanceof PayRefusal && failure.wechatCode === 'RESOURCE_NOT_EXISTS') return null
      throw failure
    })
  if (!answer) return null
  const headers = signatureHeaders(Object.fromEntries(Object.entries(answer.headers)))
  return openCertificateList(answer.data, headers, credentials.apiV3Key, known, now)
}

/** The request keeps bodies as raw text, so the JSON of an error is parsed here. */
function withJson(error: unknown): unknown {
  const { response } = error as { response?: { data?: unknown } }
  if (typeof response?.data === 'string') {
    try {
      response.data = JSON.parse(response.data)
    } catch {
      // The body is a gateway's page and not JSON. The status is enough.
    }
  }
  return error
}
