/**
 * Converts WXS to JavaScript. Three differences matter: `value.constructor` is a string in WXS, `getRegExp('\d')` keeps
 * its backslashes, and required paths have a suffix that the template compiler omits in module names.
 */
export function wxsToJavaScript(source: string): string {
  return withoutSuffixes(source)
    .replace(/([A-Za-z_$][\w$.]*(?:\[[^\]]*\])?)\.constructor\b/g, '__wxsTypeName($1)')
    .replace(/getRegExp\(\s*('[^']*'|"[^"]*")/g, (call) => call.replace(/\\+/g, doubled))
}

/** Does the same for `<wxs>` blocks inside a template. */
export function inlineWxsToJavaScript(template: string): string {
  return template.replace(
    /(<wxs\b[^>]*[^/]>)([\s\S]*?)(<\/wxs>)/g,
    (_, open: string, body: string, close: string) => open + wxsToJavaScript(body) + close,
  )
}

/** The paths that WXS code requires, as written but without the suffix. */
export function requiredWxs(source: string): string[] {
  return [...source.matchAll(/require\(\s*['"]([^'"]+?)(?:\.wxs)?['"]\s*\)/g)].map((match) => match[1] ?? '')
}

function withoutSuffixes(source: string): string {
  return source.replace(/require\(\s*(['"])([^'"]+?)\.wxs\1\s*\)/g, 'require($1$2$1)')
}

/** In a WXS pattern one backslash is a backslash, so it is doubled. Two already have the form of JavaScript. */
function doubled(backslashes: string): string {
  return backslashes.length === 1 ? '\\\\' : backslashes
}
