import { SUPPORTED_TAGS, TEMPLATE_TAGS, UNSUPPORTED_TAGS, unavailable } from '../shared/built-in-tags.js'

export interface UsedTag {
  name: string
  line: number
}

/** Tags used in a template, with their lines. Tags in code, expressions and comments do not count. */
export function usedTags(template: string): UsedTag[] {
  const markup = template
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/(<wxs\b[^>]*[^/]>)([\s\S]*?)<\/wxs>/g, blank)
    .replace(/\{\{[\s\S]*?\}\}/g, blank)
  return [...markup.matchAll(/<([a-zA-Z][\w-]*)/g)].map((match) => ({
    name: match[1] ?? '',
    line: markup.slice(0, match.index).split('\n').length,
  }))
}

const supported = new Set<string>([...SUPPORTED_TAGS, ...TEMPLATE_TAGS])
const unsupported = new Set<string>(UNSUPPORTED_TAGS)

/** Why a tag cannot be drawn; undefined when it can. @param declared component names in scope. */
export function objectionTo(tag: string, declared: ReadonlySet<string>): string | undefined {
  if (declared.has(tag) || supported.has(tag)) return undefined
  if (unsupported.has(tag)) return unavailable(`<${tag}>`)
  return `unknown component <${tag}>: it is neither built in nor in usingComponents`
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}
