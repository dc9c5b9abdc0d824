import { parseArgs } from 'node:util'

/**
 * Reads `--name value` for each name.
 * @throws with the usage when one is missing or something else is given
 */
export function readArguments<Name extends string>(
  names: readonly Name[],
  usage: string,
): Record<Name, string> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    const { values } = parseArgs({ options })
    if (names.every((name) => typeof values[name] === 'string' && values[name] !== '')) {
      return values as Record<Name, string>
    }
  } catch {
    // The usage says more than the parser's own words.
  }
  throw new Error(`用法：${usage}`)
}
