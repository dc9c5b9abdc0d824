import { Invalid } from '../../../platform/http/errors.js'
import type { VouchedPhone } from '../../../platform/wechat/wechat-api.js'

/**
 * The telephone number to look up on the roster, from WeChat's answer.
 * @throws Invalid when WeChat gives no number, or a foreign one
 */
export function phoneOf(vouched: VouchedPhone): string {
  if (vouched === 'code-unusable') {
    throw new Invalid('binding.phone-code-used', '手机号授权已失效，请再点一次“用微信手机号”。', [
      { field: 'phoneCode', message: '已失效' },
    ])
  }
  if (vouched === 'foreign') {
    throw new Invalid('binding.foreign-number', '目前只支持中国内地的手机号，请联系支部书记办理。')
  }
  return vouched.phone
}
