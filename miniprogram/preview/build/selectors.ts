import { SUPPORTED_TAGS } from '../shared/built-in-tags.js'
import { CLASS_MARK, HOST_MARK } from '../shared/style-marks.js'

const IDENTIFIER = String.raw`-?[_a-zA-Z\u0080-\uffff][\w\u0080-\uffff-]*`
const TOKEN = new RegExp(
  [
    String.raw`(?<attribute>\[[^\]]*\])`,
    String.raw`\.(?<className>${IDENTIFIER})`,
    String.raw`#(?<id>${IDENTIFIER})`,
    String.raw`(?<host>:host\b)`,
    String.raw`(?<pseudo>::?[a-zA-Z-]+)`,
    String.raw`(?<tag>(?<![\w-])[a-z][a-z-]*)`,
  ].join('|'),
  'g',
)
const builtIn = new Set<string>(SUPPORTED_TAGS)

/**
 * Rewrites a WXSS selector for the DOM of the runtime: classes get the scope mark, ids have a prefix per component
 * instance, and built-in components are elements named wx-….
 */
export function toDomSelector(selector: string): string {
  return selector.replace(TOKEN, (token, ...rest) => {
    const groups = rest.at(-1) as Record<string, string | undefined>
    if (groups.className) return `.${CLASS_MARK}${groups.className}`
    if (groups.id) return `[id$="--${groups.id}"]`
    if (groups.host) return `[wx-host="${HOST_MARK}"]`
    if (groups.tag) return toDomTag(groups.tag)
    return token
  })
}

function toDomTag(tag: string): string {
  if (tag === 'page') return 'wx-page'
  return builtIn.has(tag) ? `wx-${tag}` : tag
}
