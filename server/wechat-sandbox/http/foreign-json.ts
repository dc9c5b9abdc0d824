import { isJsonObject, type JsonObject } from './json.js'

/** How a program that is not ours writes JSON. */
interface Style {
  /** After `{`, `:` and `,`; never empty, so that the text is never what JSON.stringify would write. */
  gap: string
  /** After the last brace. */
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
 * JSON that another program would have written, in another style each time.
 *
 * For every object, `JSON.stringify(JSON.parse(text)) !== text`, so that a receiver which verifies a signature
 * over re-serialised JSON instead of the bytes it received fails here and not first in production.
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
