import { Injectable, Logger } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Config } from '../config/config.js'
import { Invalid, Upstream } from '../http/errors.js'

const TIMEOUT_MS = 8_000
/** WeChat issues a new stable token five minutes before the old one expires. Asking a little earlier does no harm. */
const RENEW_BEFORE_MS = 5 * 60_000
const TOKEN_INVALID = [40001, 42001]
/** The code was used, has expired or belongs to another person. */
const PHONE_CODE_UNUSABLE = [40029, 40003]

interface Answer {
  errcode?: number
  errmsg?: string
}

interface PhoneAnswer extends Answer {
  phone_info?: { purePhoneNumber?: string; countryCode?: number | string }
}

/**
 * What WeChat says about a telephone: its number, digits only and without the country code; that the code was used,
 * has expired or belongs to another person; or that the number is not of the Chinese mainland.
 */
export type VouchedPhone = { phone: string } | 'code-unusable' | 'foreign'

/**
 * The calls of api.weixin.qq.com that ask who somebody is.
 * Source: developers.weixin.qq.com, "小程序登录", "获取稳定版接口调用凭据", "获取手机号".
 */
@Injectable()
export class WechatApi {
  private readonly logger = new Logger(WechatApi.name)
  private token: { value: string; renewAt: number } | undefined

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Exchanges a code of `wx.login` for the person's ids. The session key is not kept, because nothing uses it.
   * @throws Invalid when the code was used or has expired
   */
  async exchangeLoginCode(code: string): Promise<{ openid: string; unionid: string | null }> {
    const { appid, appSecret } = this.config.wechat
    const query = new URLSearchParams({
      appid,
      secret: appSecret,
      js_code: code,
      grant_type: 'authorization_code',
    })
    const answer = await this.ask<Answer & { openid?: string; unionid?: string }>(
      `/sns/jscode2session?${query.toString()}`,
    )
    if (answer.errcode === 40029 || answer.errcode === 40163) {
      throw new Invalid('auth.code-used', '登录凭证已失效，请重新进入小程序。', [
        { field: 'code', message: '已失效' },
      ])
    }
    if (answer.errcode === 40226) {
      throw new Invalid('auth.blocked', '微信限制了这个账号登录，请在微信里查看原因。')
    }
    if (!answer.openid) throw this.failure('登录', answer)
    return { openid: answer.openid, unionid: answer.unionid ?? null }
  }

  /**
   * Exchanges a phone code for the telephone number that WeChat has verified.
   * @param openid the code must belong to this person
   */
  async exchangePhoneCode(code: string, openid: string): Promise<VouchedPhone> {
    const answer = await this.askWithToken<PhoneAnswer>('/wxa/business/getuserphonenumber', { code, openid })
    if (PHONE_CODE_UNUSABLE.includes(answer.errcode ?? 0)) return 'code-unusable'
    const phone = answer.phone_info?.purePhoneNumber
    if (!phone) throw this.failure('获取手机号', answer)
    return String(answer.phone_info?.countryCode) === '86' ? { phone } : 'foreign'
  }

  private async askWithToken<T extends Answer>(path: string, body: object): Promise<T> {
    const send = async () =>
      this.ask<T>(`${path}?access_token=${encodeURIComponent(await this.accessToken())}`, body)
    const answer = await send()
    if (!TOKEN_INVALID.includes(answer.errcode ?? 0)) return answer
    // Another program may have forced a new token. Drop ours and try once more.
    this.token = undefined
    return send()
  }

  private async accessToken(): Promise<string> {
    const now = this.clock.now().getTime()
    if (this.token && this.token.renewAt > now) return this.token.value
    const { appid, appSecret } = this.config.wechat
    const answer = await this.ask<Answer & { access_token?: string; expires_in?: number }>(
      '/cgi-bin/stable_token',
      { grant_type: 'client_credential', appid, secret: appSecret, force_refresh: false },
    )
    if (!answer.access_token) throw this.failure('获取接口凭据', answer)
    const lifetime = (answer.expires_in ?? 0) * 1000
    this.token = {
      value: answer.access_token,
      renewAt: now + Math.max(lifetime - RENEW_BEFORE_MS, lifetime / 2),
    }
    return answer.access_token
  }

  /** POST when there is a body, GET otherwise. */
  private async ask<T extends Answer>(path: string, body?: object): Promise<T> {
    try {
      const response = await fetch(`${this.config.wechat.apiUrl}${path}`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body
          ? {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(body),
            }
          : {}),
      })
      return (await response.json()) as T
    } catch (error) {
      // The query of the address contains the secret, so only the path is logged.
      this.logger.warn({ path: path.split('?')[0], error }, 'WeChat did not answer')
      throw new Upstream('wechat.unreachable', '暂时连接不上微信，请稍后再试。')
    }
  }

  private failure(what: string, answer: Answer): Upstream {
    this.logger.warn({ what, errcode: answer.errcode, errmsg: answer.errmsg }, 'WeChat refused')
    return new Upstream(
      'wechat.refused',
      `微信没有完成“${what}”（${answer.errcode ?? '无编号'}），请稍后再试。`,
    )
  }
}
