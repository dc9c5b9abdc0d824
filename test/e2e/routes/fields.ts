import type { Chosen } from './stage/scene.js'

/** A field of a body or a parameter of a query: a value that is accepted, and those that no field of its kind takes. */
export interface Field {
  /** A function of the scene chooses one for each call. Undefined where the field is left out of the call. */
  value: unknown
  wrong: readonly unknown[]
  isOptional: boolean
  /** Whether a value can be used only once, like a code of WeChat. */
  isSpent: boolean
}

type Kind = (value?: Chosen<unknown> | string | number | boolean | object) => Field

/** A kind of field by the values that it refuses. A module may bring its own. */
export const kindOf =
  (wrong: readonly unknown[], isOptional = false): Kind =>
  (value) => ({ value, wrong, isOptional, isSpent: false })

export const optional = (field: Field): Field => ({ ...field, isOptional: true })
export const required = (field: Field): Field => ({ ...field, isOptional: false })
export const spent = (field: Field): Field => ({ ...field, isSpent: true })

/** One value and then the other, so that a call changes what the call before it has set. */
export const alternately = <T>(...values: [T, T]): (() => T) => {
  let calls = 0
  return () => values[calls++ % 2 === 0 ? 0 : 1]
}

const TOO_MANY_IDS = Array.from({ length: 2000 }, () => '0'.repeat(26))
const NO_TEXT = [7, true, ['文字'], { text: '文字' }, '', '长'.repeat(5000)]
const UNPRINTABLE = ['带\u0000零', '\u001b[31m', '半\ud800对']

/* Kinds of fields in a body: required where `optional` does not say otherwise. */
export const text = kindOf([...NO_TEXT, ...UNPRINTABLE])
export const id = kindOf([
  ...[7, {}, [], '', 'x', '党'.repeat(26), "' OR '1'='1' -- "],
  ...['0'.repeat(27), '00000000000000000000000 00'],
])
export const ids = kindOf([7, 'x', {}, [7], [null], ['党'.repeat(26)], [[]], [{}], TOO_MANY_IDS])
export const month = kindOf([
  ...[202611, '2026-13', '2026-00', '2026-1', '2026-11-01', '２０２６-11', '2026-11\n'],
  ...[['2026-11'], {}],
])
export const day = kindOf([
  ...[20261101, '2026-11', '2026-13-01', '2026-11-32', '2026-02-30', '20261101', '二〇二六年'],
  ...[['2026-11-01'], {}],
])
export const choice = kindOf([
  ...['constructor', '__proto__', '', 7, true, ['wage'], { toString: 'wage' }, 'WAGE'],
])
export const whole = kindOf(['50', 1.5, -1, 1e21, true, [50], {}, Number.MAX_SAFE_INTEGER])
export const flag = kindOf(['true', 1, 0, '', [], {}])

/* Kinds of parameters in a query: optional where `required` does not say otherwise. */
export const idParameter = kindOf(
  ['', 'x', '党'.repeat(26), "' OR '1'='1' -- ", '0'.repeat(25), '\u0000'.repeat(26)],
  true,
)
export const textParameter = kindOf(['长'.repeat(61), '\u0000', '\u001b[2J'], true)
export const choiceParameter = kindOf(['', 'all', 'constructor', 'PENDING'], true)
export const monthParameter = kindOf(['', '2026-13', '2026-00', '26-11', '2026-11-01', '十一月'], true)

const base64url = (content: string): string => Buffer.from(content).toString('base64url')
const CURSORS = [
  ...['[]', '{}', 'null', '[1]', '["a","b","c","d"]', '["党"]', '[null]', '["Infinity","a","b"]'],
  ...[JSON.stringify(['NaN', '王', '0'.repeat(32)]), JSON.stringify([`0' OR '1'='1`])],
]

/** The parameters of every list that is read in pages. */
export const PAGE: Record<'cursor' | 'limit', Field> = {
  cursor: kindOf(['x', '党', 'x'.repeat(201), 'x'.repeat(1001), ...CURSORS.map(base64url)], true)(),
  limit: kindOf(['0', '-1', '101', '1.5', 'ten', '1e9', 'NaN', 'Infinity', '0x10 0'], true)(),
}
