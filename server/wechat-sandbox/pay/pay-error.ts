import type { JsonObject } from '../http/json.js'

interface Refusal {
  status: number
  code: string
  message: string
  retryAfterSeconds?: number
}

/** A refusal of api.mch.weixin.qq.com: an HTTP status with `{code, message, detail?}`. */
export class PayError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail?: JsonObject,
    readonly retryAfterSeconds?: number,
  ) {
    super(message)
  }

  /** Makes an error from an entry of UNDOCUMENTED or from a planned fault. */
  static of({ status, code, message, retryAfterSeconds }: Refusal): PayError {
    return new PayError(status, code, message, undefined, retryAfterSeconds)
  }

  /** @param field path of the wrong value, such as `/body/amount/total`. */
  static param(field: string, issue: string): PayError {
    return new PayError(400, 'PARAM_ERROR', issue, { field, issue, location: field.split('/')[1] ?? 'body' })
  }
}

export const orderNotExist = (): PayError => new PayError(404, 'ORDER_NOT_EXIST', '订单不存在')
export const orderPaid = (): PayError => new PayError(400, 'ORDERPAID', '该订单已支付')
export const orderClosed = (): PayError => new PayError(400, 'ORDER_CLOSED', '该订单已关闭')
