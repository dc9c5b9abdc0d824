import { parseArgs } from 'node:util'

/**
 * Reads `--name value` for each name.
 * @throws with the usage when an argument is missing or unknown
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
    // The usage below is more helpful than the parser's message.
  }
  throw new Error(`用法：${usage}`)
}
