/** A refusal of api.weixin.qq.com: HTTP 200 with an errcode in the body. */
export class WeixinApiError extends Error {
  constructor(
    readonly errcode: number,
    readonly errmsg: string,
  ) {
    super(`${errcode} ${errmsg}`)
  }
}

export const invalidCode = (): WeixinApiError => new WeixinApiError(40029, 'invalid code')
