import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMetBy } from './licence-expression.js'
import type { LockedPackage } from './lock-file.js'

/** These only require that their text is kept. OFL is for fonts, Python-2.0 came with one parser of arguments. */
const FREE = [
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Zlib'],
  ...['CC0-1.0', 'Unlicense', 'Python-2.0', 'OFL-1.1'],
]
/** These bind only who changes or distributes the package itself, which nobody does with a development tool. */
const FREE_AS_TOOLS = ['MPL-2.0', 'CC-BY-4.0']

export const ALLOWED = { production: new Set(FREE), development: new Set([...FREE, ...FREE_AS_TOOLS]) }

/** Packages whose own statement is not SPDX, checked by a person. A new version has to be checked again. */
export const EXCEPTIONS: Readonly<Record<string, { licence: string; reason: string }>> = {
  'buffers@0.1.1': {
    licence: 'MIT',
    reason:
      'says nothing; version 0.1.2 of the author’s repository, never published, says MIT/X11. It comes with exceljs → unzipper 0.10 → binary and goes with unzipper 0.12',
  },
  'chainsaw@0.1.0': { licence: 'MIT', reason: 'says MIT/X11, the old name' },
  'pause@0.0.1': { licence: 'MIT', reason: 'the text stands in its Readme.md' },
  'png-js@2.0.0': { licence: 'MIT', reason: 'the text stands in its LICENSE' },
}

/** What a package says about its licence; undefined when it says nothing. Old ones have a list or an object. */
export function statedLicence(root: string, { path, licence }: LockedPackage): string | undefined {
  const file = join(root, path, 'package.json')
  const own = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {}
  return worded(own['license']) ?? worded(own['licenses']) ?? worded(licence)
}

function worded(stated: unknown): string | undefined {
  if (typeof stated === 'string' && stated !== '') return stated
  if (Array.isArray(stated)) {
    const parts = stated.map(worded)
    // Several licences in an old list mean a choice. If one cannot be read, the package states no licence.
    return parts.length > 0 && parts.every((part) => part !== undefined) ? parts.join(' OR ') : undefined
  }
  if (typeof stated === 'object' && stated !== null && 'type' in stated) return worded(stated.type)
  return undefined
}

/** Why a package may not be used, in a line that names it and where it lies; undefined when it may. */
export function objectionTo(root: string, each: LockedPackage): string | undefined {
  const id = `${each.name}@${each.version}`
  const licence = EXCEPTIONS[id]?.licence ?? statedLicence(root, each)
  const where = `${id} (${each.path})`
  if (licence === undefined) return `${where} states no licence`
  try {
    const allowed = ALLOWED[each.isProduction ? 'production' : 'development']
    return isMetBy(licence, allowed) ? undefined : `${where} is under ${licence}`
  } catch {
    return `${where} states “${licence}”, which is no SPDX expression`
  }
}
