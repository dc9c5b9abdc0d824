import type { JsonObject } from '../http/json.js'
import { beijingTime } from '../state/clock.js'
import type { Merchant } from '../state/merchant-registry.js'
import type { PlatformKeys } from '../state/platform-keys.js'
import { seal } from './aead.js'
import { PayError } from './pay-error.js'

/**
 * `GET /v3/certificates`: every platform certificate that is not retired, each encrypted with the APIv3 key.
 *
 * @throws PayError 404 RESOURCE_NOT_EXISTS for a merchant in public-key mode.
 */
export function certificateList(keys: PlatformKeys, { verification, apiV3Key }: Merchant): JsonObject {
  if (verification === 'public-key') {
    const message = '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥'
    throw new PayError(404, 'RESOURCE_NOT_EXISTS', message)
  }
  const data = keys.listed('certificate').flatMap(({ serial, certificate }) => {
    if (!certificate) return []
    return {
      serial_no: serial,
      effective_time: beijingTime(certificate.effectiveAt),
      expire_time: beijingTime(certificate.expiresAt),
      encrypt_certificate: seal(certificate.pem, apiV3Key, 'certificate'),
    }
  })
  return { data }
}
