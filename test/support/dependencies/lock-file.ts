import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package as `package-lock.json` names it. */
export interface LockedPackage {
  /** Where it is installed: `node_modules/a/node_modules/b`. */
  path: string
  name: string
  version: string
  /** Installed where the product runs, if only for some machines; else a tool of development. */
  isProduction: boolean
  /** For some machines only; may be missing here. */
  isOptional: boolean
  licence: unknown
  integrity: string | undefined
  /** Paths of the packages that it uses. */
  uses: string[]
}

interface LockEntry {
  name?: string
  version?: string
  dev?: boolean
  optional?: boolean
  devOptional?: boolean
  license?: unknown
  integrity?: string
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

export interface LockFile {
  packages: LockedPackage[]
  /** Names of what the product itself asks for, without the tools of development. */
  direct: string[]
}

const FOLDER = 'node_modules/'

export function readLockFile(root: string): LockFile {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>
  }
  const { '': self = {}, ...entries } = packages
  return {
    direct: Object.keys(self.dependencies ?? {}),
    packages: Object.entries(entries).map(([path, entry]) => ({
      path,
      name: entry.name ?? path.slice(path.lastIndexOf(FOLDER) + FOLDER.length),
      version: entry.version ?? '',
      isProduction: entry.dev !== true,
      isOptional: entry.optional === true || entry.devOptional === true,
      licence: entry.license,
      integrity: entry.integrity,
      uses: Object.keys({
        ...entry.dependencies,
        ...entry.optionalDependencies,
        ...entry.peerDependencies,
      }).flatMap((name) => found(entries, path, name)),
    })),
  }
}

/** Looks up a package as Node does: beside the package, then in each folder above. */
function found(entries: Record<string, LockEntry>, path: string, name: string): string[] {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf(`/${FOLDER}`)))) {
    const candidate = from === '' ? `${FOLDER}${name}` : `${from}/${FOLDER}${name}`
    if (candidate in entries) return [candidate]
    if (from === '') return []
  }
}

/** The chain of packages that requires this one: `exceljs → archiver → glob`, one of the shortest. */
export function wayTo({ packages, direct }: LockFile, path: string): string {
  const byPath = new Map(packages.map((each) => [each.path, each]))
  const ways = new Map<string, string[]>(direct.map((name) => [`${FOLDER}${name}`, [name]]))
  for (const [from, way] of ways) {
    if (from === path) break
    for (const to of byPath.get(from)?.uses ?? []) {
      if (!ways.has(to)) ways.set(to, [...way, byPath.get(to)?.name ?? to])
    }
  }
  return ways.get(path)?.join(' → ') ?? path
}
