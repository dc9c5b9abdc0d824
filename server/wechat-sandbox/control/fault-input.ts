import type { JsonObject } from '../http/json.js'
import { ANSWER_SPOILS, NOTIFICATION_SPOILS } from '../pay/message-spoil.js'
import { PUSH_SPOILS } from '../weixin/message-envelope.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { ControlError } from './control-error.js'
import { oneOf, optionalInteger, optionalText, requiredInteger, requiredText } from './control-input.js'
import { ALTERED_MESSAGES, EARLY_DURING, type Fault, type TransactionAlteration } from './faults.js'

const MAX_DELAY_MS = 60_000
const MAX_RETRY_AFTER_S = 3_600

/** @throws ControlError 400 when the fault is unknown or a required field is missing. */
export function readFault(body: JsonObject): Fault {
  const kind = requiredText(body, 'kind')
  const path = optionalText(body, 'path')
  switch (kind) {
    case 'down':
    case 'order-answer-lost':
    case 'notification-withheld':
    case 'notification-duplicated':
    case 'notifications-swapped':
    case 'push-withheld':
      return { kind }
    case 'answer-lost':
      return { kind, path }
    case 'answer-spoiled':
      return { kind, spoil: oneOf('spoil', ANSWER_SPOILS, body['spoil'] ?? 'tampered') }
    case 'notification-spoiled':
      return { kind, spoil: oneOf('spoil', NOTIFICATION_SPOILS, body['spoil'] ?? 'tampered') }
    case 'push-spoiled':
      return { kind, spoil: oneOf('spoil', PUSH_SPOILS, body['spoil'] ?? 'tampered') }
    case 'notification-early':
      return { kind, during: oneOf('during', EARLY_DURING, body['during'] ?? 'order') }
    case 'transaction-altered':
      return {
        kind,
        ...alteration(body),
        message:
          body['message'] === undefined ? undefined : oneOf('message', ALTERED_MESSAGES, body['message']),
      }
    case 'delay': {
      const ms = requiredInteger(body, 'ms')
      if (ms < 1 || ms > MAX_DELAY_MS) throw new ControlError(400, `ms must be between 1 and ${MAX_DELAY_MS}`)
      return { kind, ms, path }
    }
    case 'api-error': {
      const errmsg = optionalText(body, 'errmsg') ?? 'system error'
      return { kind, errcode: requiredInteger(body, 'errcode'), errmsg, path }
    }
    case 'pay-error': {
      const code = requiredText(body, 'code')
      const message = optionalText(body, 'message') ?? usualMessage(code)
      return { kind, status: httpError(body['status'], 400), code, message, path, ...retryAfter(body) }
    }
    case 'gateway-error':
      return { kind, status: httpError(body['status'] ?? 502, 500), path, ...retryAfter(body) }
    default:
      throw new ControlError(400, `no such kind of fault: ${kind}`)
  }
}

function alteration(body: JsonObject): TransactionAlteration {
  const altered = {
    amountFen: optionalInteger(body, 'amountFen', 0, Number.MAX_SAFE_INTEGER),
    payerOpenid: optionalText(body, 'payerOpenid'),
    mchid: optionalText(body, 'mchid'),
    appid: optionalText(body, 'appid'),
    tradeNo: optionalText(body, 'tradeNo'),
    transactionId: optionalText(body, 'transactionId'),
  }
  if (Object.values(altered).every((value) => value === undefined))
    throw new ControlError(400, `name what shall differ: ${Object.keys(altered).join(', ')}`)
  return altered
}

function retryAfter(body: JsonObject): { retryAfterSeconds?: number } {
  return { retryAfterSeconds: optionalInteger(body, 'retryAfterSeconds', 0, MAX_RETRY_AFTER_S) }
}

function httpError(status: unknown, min: number): number {
  if (typeof status !== 'number' || !Number.isInteger(status) || status < min || status > 599)
    throw new ControlError(400, `status must be between ${min} and 599`)
  return status
}

function usualMessage(code: string): string {
  return (
    Object.entries(UNDOCUMENTED.usualMessages).find(([known]) => known === code)?.[1] ??
    '系统异常，请稍后重试'
  )
}
