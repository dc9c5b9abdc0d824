import { isJsonObject, type JsonObject } from './json.js'

/** A way to write JSON that differs from JSON.stringify. */
interface Style {
  /** Space after `{`, `:` and `,`. Never empty, so that the text always differs from the text of JSON.stringify. */
  gap: string
  /** Text after the last brace. */
  end?: string
  slashes?: 'escaped'
  unicode?: 'escaped'
  numbers?: 'exponential'
  keys?: 'reversed'
}

const STYLES = [
  { gap: ' ', slashes: 'escaped' },
  { gap: ' ', unicode: 'escaped', end: '\n' },
  { gap: '\n   ', numbers: 'exponential' },
  { gap: '\t', slashes: 'escaped', keys: 'reversed', end: ' \r\n' },
] as const satisfies readonly Style[]

export const STYLE_COUNT = STYLES.length

let written = 0

/**
 * Writes JSON as another program would, in another style each time.
 *
 * For every object, `JSON.stringify(JSON.parse(text)) !== text`. A receiver must verify a signature over the bytes
 * it received; one that verifies over re-serialised JSON fails here, before it fails in production.
 */
export function foreignJson(value: JsonObject, style = written++): string {
  const chosen: Style = STYLES[style % STYLE_COUNT] ?? STYLES[0]
  return write(value, chosen) + (chosen.end ?? '')
}

function write(value: unknown, style: Style): string {
  const { gap } = style
  if (typeof value === 'string') return text(value, style)
  if (typeof value === 'number') return number(value, style)
  if (Array.isArray(value)) return `[${value.map((item) => write(item, style)).join(`,${gap}`)}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => `${text(key, style)}:${gap}${write(inner, style)}`)
  return `{${gap}${(style.keys ? members.reverse() : members).join(`,${gap}`)}}`
}

function text(value: string, { slashes, unicode }: Style): string {
  const plain = JSON.stringify(value)
  const sloped = slashes ? plain.replaceAll('/', '\\/') : plain
  if (!unicode) return sloped
  return sloped.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function number(value: number, { numbers }: Style): string {
  return numbers && Number.isInteger(value) ? value.toExponential() : JSON.stringify(value)
}
