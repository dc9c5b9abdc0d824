import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What one test file leaves for those after it: a folder for each worker of this run of jest. It is made anew for every
 * run, so that nothing in it can be older than the sources.
 */
export function workerFolder(): string {
  const { TEST_RUN_FOLDER, JEST_WORKER_ID } = process.env
  if (!TEST_RUN_FOLDER) throw new Error('TEST_RUN_FOLDER is set by global-setup.cjs')
  const folder = join(TEST_RUN_FOLDER, `worker-${JEST_WORKER_ID}`)
  mkdirSync(folder, { recursive: true })
  return folder
}

/**
 * A file or folder that takes long to make and is the same for all tests: the first one makes it, the others copy it.
 */
export class Template {
  constructor(private readonly name: string) {}

  /** @returns whether there was one to copy */
  copyTo(path: string): boolean {
    const there = existsSync(this.path)
    if (there) cpSync(this.path, path, { recursive: true })
    return there
  }

  /**
   * Keeps what `make` puts at the path it is given, unless there is a template already. The template appears in one
   * step, because two stories of one file may open their worlds at once.
   */
  async keep(make: (path: string) => Promise<void> | void): Promise<void> {
    if (existsSync(this.path)) return
    const draft = mkdtempSync(join(workerFolder(), 'draft-'))
    await make(join(draft, 'it'))
    if (!existsSync(this.path)) renameSync(join(draft, 'it'), this.path)
    rmSync(draft, { recursive: true })
  }

  private get path(): string {
    return join(workerFolder(), this.name)
  }
}
