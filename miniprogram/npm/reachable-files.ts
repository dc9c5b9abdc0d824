import fs from 'node:fs'
import path from 'node:path'

/** Path of the package's mini-program files, relative to the repository's root. */
export const VANT_LIBRARY = 'node_modules/@vant/weapp/lib'
const PACKAGE = '@vant/weapp/'
const COMPONENT_PARTS = ['.js', '.json', '.wxml', '.wxs', '.wxss']

/**
 * The Vant files that the sources need, relative to the library: the components named in any usingComponents, and all
 * files they refer to. Other files would only make the upload larger.
 */
export function reachableVantFiles(sourceRoot: string, library: string): string[] {
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file) || !isFile(path.join(library, file))) return
    found.add(file)
    for (const next of references(file, fs.readFileSync(path.join(library, file), 'utf8'))) visit(next)
  }
  for (const component of usedComponents(sourceRoot))
    for (const extension of COMPONENT_PARTS) visit(component + extension)
  return [...found].sort()
}

/** Every file below a directory, relative to it, except the packages copied into it. */
export function filesBelow(directory: string): string[] {
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('miniprogram_npm'))
}

function usedComponents(sourceRoot: string): Set<string> {
  const used = new Set<string>()
  for (const file of filesBelow(sourceRoot).filter((name) => name.endsWith('.json'))) {
    const config = JSON.parse(fs.readFileSync(path.join(sourceRoot, file), 'utf8')) as Config
    for (const reference of Object.values(config.usingComponents ?? {}))
      if (reference.startsWith(PACKAGE)) used.add(reference.slice(PACKAGE.length))
  }
  return used
}

interface Config {
  usingComponents?: Record<string, string>
}

/** Files that a component's file may refer to. The caller ignores those that do not exist. */
function references(file: string, text: string): string[] {
  const near = (reference: string) => path.posix.join(path.posix.dirname(file), reference)
  switch (path.extname(file)) {
    case '.json':
      return Object.values((JSON.parse(text) as Config).usingComponents ?? {}).flatMap((reference) =>
        COMPONENT_PARTS.map((extension) => near(reference) + extension),
      )
    case '.js':
      return matches(text, /require\("(\.[^"]+)"\)/g).flatMap((reference) => [
        `${near(reference)}.js`,
        `${near(reference)}/index.js`,
      ])
    case '.wxs':
      return matches(text, /require\('(\.[^']+)'\)/g).map(near)
    case '.wxml':
      return matches(text, /src="(\.[^"]+)"/g).map(near)
    case '.wxss':
      return matches(text, /@import '([^']+)'/g).map(near)
    default:
      return []
  }
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, reference]) => reference ?? [])
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}
