import { isJsonObject, type JsonObject } from '../http/json.js'
import type { PaymentParams } from '../pay/payment-sheet.js'
import { ControlError } from './control-error.js'

/** @throws ControlError 400 when the field is missing or is not a non-empty string. */
export function requiredText(body: JsonObject, field: string): string {
  const value = optionalText(body, field)
  if (value === undefined) throw new ControlError(400, `${field} is missing`)
  return value
}

export function optionalText(body: JsonObject, field: string): string | undefined {
  const value = body[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value === '')
    throw new ControlError(400, `${field} must be a non-empty text`)
  return value
}

export function readPaymentParams(body: JsonObject): PaymentParams {
  const params = body['params']
  if (!isJsonObject(params))
    throw new ControlError(400, 'params is missing: the argument of wx.requestPayment')
  return {
    timeStamp: requiredText(params, 'timeStamp'),
    nonceStr: requiredText(params, 'nonceStr'),
    package: requiredText(params, 'package'),
    signType: requiredText(params, 'signType'),
    paySign: requiredText(params, 'paySign'),
  }
}

/** @returns Infinity for "until-cleared"; undefined when the default applies. */
export function readTimes(body: JsonObject): number | undefined {
  const { times } = body
  if (times === undefined) return undefined
  if (times === 'until-cleared') return Infinity
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1) {
    throw new ControlError(400, 'times must be a positive integer or "until-cleared"')
  }
  return times
}

/** @throws ControlError 400 unless the field is absent or a whole number between the bounds. */
export function optionalInteger(
  body: JsonObject,
  field: string,
  min: number,
  max: number,
): number | undefined {
  if (body[field] === undefined) return undefined
  const value = requiredInteger(body, field)
  if (value < min || value > max) throw new ControlError(400, `${field} must be between ${min} and ${max}`)
  return value
}

export function requiredInteger(body: JsonObject, field: string): number {
  const value = body[field]
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new ControlError(400, `${field} must be an integer`)
  return value
}

/** @throws ControlError 400 with the allowed values. */
export function oneOf<T extends string>(field: string, allowed: readonly T[], value: unknown): T {
  const found = allowed.find((candidate) => candidate === value)
  if (found === undefined) throw new ControlError(400, `${field} must be one of ${allowed.join(', ')}`)
  return found
}
