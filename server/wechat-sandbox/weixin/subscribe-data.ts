import { isJsonObject } from '../http/json.js'
import { WeixinApiError } from './api-error.js'

const CLOCK = String.raw`([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?`
const DAY = String.raw`\d{4}(年|-|/)\d{1,2}(月|-|/)\d{1,2}日?`
const MOMENT = `(${CLOCK}|${DAY}( ${CLOCK})?)`

/** Allowed values by kind. The kind is the name of the field without its number. */
const KINDS: Record<string, RegExp> = {
  thing: /^.{1,20}$/su,
  number: /^-?\d{1,32}(\.\d+)?$/,
  letter: /^[A-Za-z]{1,32}$/,
  symbol: /^[^\p{L}\p{N}]{1,5}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/,
  time: new RegExp(`^${MOMENT}(~${MOMENT})?$`),
  date: new RegExp(`^${DAY}( ${CLOCK})?(~${DAY}( ${CLOCK})?)?$`),
  amount: /^[¥￥$€]?\d{1,10}(\.\d+)?元?$/,
  phone_number: /^[\d+\-() ]{1,17}$/,
  car_number: /^.{1,8}$/u,
  name: /^(\p{Script=Han}{1,10}|[A-Za-z ]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
}

/** @returns whether a template may have a field of this name, such as `thing1`. */
export function isTemplateField(field: string): boolean {
  return kindOf(field) !== undefined
}

/**
 * Checks a message against its template.
 *
 * @throws WeixinApiError 47003 with the first wrong field.
 */
export function checkData(fields: readonly string[], data: unknown): void {
  if (!isJsonObject(data)) throw new WeixinApiError(47003, 'argument invalid! data is empty')
  for (const field of fields) {
    const entry = data[field]
    const value = isJsonObject(entry) ? entry['value'] : undefined
    if (value === undefined || value === null || value === '')
      throw new WeixinApiError(47003, `argument invalid! data.${field}.value is empty`)
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text !== 'string' || kindOf(field)?.test(text) !== true)
      throw new WeixinApiError(47003, `argument invalid! data.${field}.value invalid`)
  }
}

function kindOf(field: string): RegExp | undefined {
  const [, kind = ''] = /^([a-z_]+?)_?\d+$/.exec(field) ?? []
  return Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
}
