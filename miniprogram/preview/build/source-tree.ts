import fs from 'node:fs'
import path from 'node:path'

/** Logical paths of npm components begin with this, as in WeChat. */
export const NPM_PREFIX = 'miniprogram_npm/'

/**
 * Maps logical paths ("pages/a/a", "miniprogram_npm/@vant/weapp/button/index") to files.
 * Packages are read from where npm installed them, so nothing needs to be copied first.
 */
export class SourceTree {
  readonly root: string
  private readonly packages = new Map<string, string | undefined>()

  constructor(root: string) {
    this.root = path.resolve(root)
  }

  /** Path on disk without extension. */
  base(logical: string): string {
    if (!logical.startsWith(NPM_PREFIX)) return path.join(this.root, logical)
    const { name, rest } = splitPackage(logical.slice(NPM_PREFIX.length))
    const directory = this.packageDirectory(name)
    if (!directory) throw new Error(`package "${name}" is not installed`)
    return path.join(directory, rest)
  }

  /** The first existing file among the extensions (dot included). */
  find(logical: string, ...extensions: string[]): string | undefined {
    const base = this.base(logical)
    return extensions.map((extension) => base + extension).find(isFile)
  }

  /** The name of a file in a problem. */
  display(file: string): string {
    return path.relative(process.cwd(), file) || file
  }

  /** Directory of a package's files for mini-programs. */
  packageDirectory(name: string): string | undefined {
    if (!this.packages.has(name)) this.packages.set(name, this.locatePackage(name))
    return this.packages.get(name)
  }

  /** Directory of an installed package. It is searched above the sources and in the repository. */
  installed(name: string): string | undefined {
    return [...ancestors(this.root), ...ancestors(process.cwd())]
      .map((directory) => path.join(directory, 'node_modules', name))
      .find((directory) => isFile(path.join(directory, 'package.json')))
  }

  /**
   * Logical path of a component named in usingComponents.
   * @param from logical path of the component whose JSON names it.
   */
  resolveComponent(reference: string, from: string): string | undefined {
    if (reference.startsWith('/')) return this.existing(reference.slice(1))
    const relative = path.posix.join(path.posix.dirname(from), reference)
    if (reference.startsWith('.')) return this.existing(relative)
    return this.existing(relative) ?? this.existing(reference) ?? this.existing(NPM_PREFIX + reference)
  }

  private existing(logical: string): string | undefined {
    if (logical.startsWith(NPM_PREFIX) && !this.packageDirectory(packageOf(logical))) return undefined
    return this.find(logical, '.json', '.wxml') ? logical : undefined
  }

  private locatePackage(name: string): string | undefined {
    const directory = this.installed(name)
    if (!directory) return undefined
    const manifest = readJson<{ miniprogram?: string }>(path.join(directory, 'package.json'))
    return path.join(directory, manifest.miniprogram ?? 'miniprogram_dist')
  }
}

/** Splits "@vant/weapp/button/index" into the package and the path inside it. */
export function splitPackage(specifier: string): { name: string; rest: string } {
  const parts = specifier.split('/')
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
  return { name, rest: specifier.slice(name.length + 1) }
}

function packageOf(logical: string): string {
  return splitPackage(logical.slice(NPM_PREFIX.length)).name
}

export function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}

export function readJson<T>(file: string): T {
  return JSON.parse(fs.readFileSync(file, 'utf8')) as T
}

function ancestors(directory: string): string[] {
  const above = path.dirname(directory)
  return above === directory ? [directory] : [directory, ...ancestors(above)]
}
