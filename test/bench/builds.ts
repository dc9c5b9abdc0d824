import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BUILD_DIR } from './settings.js'

/** The product, compiled. */
export interface Build {
  /** `before` is the one that `--against` names. */
  name: 'after' | 'before'
  /** Holds `server/main.js`. */
  folder: string
  /** What `npm run start:production` gives to Node. */
  nodeFlags: readonly string[]
}

/** The product of this checkout. */
export const thisBuild = (): Build => ({ name: 'after', folder: BUILD_DIR, nodeFlags: nodeFlagsOf('.') })

/**
 * Compiles the product of another checkout there, as its operator would.
 * @param checkout a folder with the sources and `node_modules` of its own
 * @throws when something is missing there, or it does not compile
 */
export function buildOf(checkout: string): Build {
  const folder = resolve(checkout)
  for (const needed of ['package.json', 'node_modules']) {
    if (!existsSync(join(folder, needed)))
      throw new Error(`--against ${checkout}: there is no ${needed} in it`)
  }
  execFileSync('npm', ['run', '--silent', 'build:production'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { name: 'before', folder: join(folder, 'dist'), nodeFlags: nodeFlagsOf(folder) }
}

function nodeFlagsOf(checkout: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const words = scripts['start:production']?.split(' ') ?? []
  return words.filter((word) => word.startsWith('--'))
}
