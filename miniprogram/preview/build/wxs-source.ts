/**
 * WXS looks like JavaScript and differs in three ways that matter when it runs as JavaScript:
 * `value.constructor` is a string, `getRegExp('\d')` keeps its backslashes, and required paths
 * carry a suffix that the template compiler leaves out of module names.
 */
export function wxsToJavaScript(source: string): string {
  return withoutSuffixes(source)
    .replace(/([A-Za-z_$][\w$.]*(?:\[[^\]]*\])?)\.constructor\b/g, '__wxsTypeName($1)')
    .replace(/getRegExp\(\s*('[^']*'|"[^"]*")/g, (call) => call.replace(/\\+/g, doubled))
}

/** Applies the same to `<wxs>` blocks written inside a template. */
export function inlineWxsToJavaScript(template: string): string {
  return template.replace(
    /(<wxs\b[^>]*[^/]>)([\s\S]*?)(<\/wxs>)/g,
    (_, open: string, body: string, close: string) => open + wxsToJavaScript(body) + close,
  )
}

/** Paths required by WXS code, as written but without the suffix. */
export function requiredWxs(source: string): string[] {
  return [...source.matchAll(/require\(\s*['"]([^'"]+?)(?:\.wxs)?['"]\s*\)/g)].map((match) => match[1] ?? '')
}

function withoutSuffixes(source: string): string {
  return source.replace(/require\(\s*(['"])([^'"]+?)\.wxs\1\s*\)/g, 'require($1$2$1)')
}

/** One backslash means itself in a WXS pattern; two are already how JavaScript writes it. */
function doubled(backslashes: string): string {
  return backslashes.length === 1 ? '\\\\' : backslashes
}
