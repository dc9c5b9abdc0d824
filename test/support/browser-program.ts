import { accessSync, constants } from 'node:fs'
import path from 'node:path'

export interface BrowserProgram {
  executablePath: string
  /** What this program needs beside the arguments common to all. */
  extraArguments: string[]
}

/** CHROMIUM_PATH with this value asks for the browser carried in an npm package. */
const BUNDLED = 'bundled'
const INSTALLED_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** CHROMIUM_PATH, then a browser on PATH, then the one that npm installed. */
export async function browserProgram(): Promise<BrowserProgram> {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted && wanted !== BUNDLED) return { executablePath: wanted, extraArguments: [] }
  const installed = wanted === BUNDLED ? undefined : findOnPath()
  if (installed) return { executablePath: installed, extraArguments: [] }
  bringItsLibraries()
  const { default: bundled } = await import('@sparticuz/chromium')
  return { executablePath: await bundled.executablePath(), extraArguments: bundled.args.filter(isWanted) }
}

/**
 * The package holds the libraries that a bare machine lacks (NSS and others), but unpacks them only on AWS Lambda. It
 * recognizes Lambda by this variable.
 */
function bringItsLibraries(): void {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs20.x'
}

/** Tests need the same web security as people, and several processes for separate contexts. */
function isWanted(argument: string): boolean {
  return !['--disable-web-security', '--single-process', "--headless='shell'"].includes(argument)
}

function findOnPath(): string | undefined {
  const directories = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  return INSTALLED_NAMES.flatMap((name) => directories.map((directory) => path.join(directory, name))).find(
    isExecutable,
  )
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
