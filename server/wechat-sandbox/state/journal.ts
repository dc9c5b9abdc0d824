import { appendFile, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Characters that are not worth writing everything anew. */
const SHORT_JOURNAL = 1_000_000
const NAME = /^journal-[0-9a-f]+\.jsonl$/

/** What changed since everything was written last. It belongs to that one writing, whose generation is in its name. */
export class Journal {
  private length = 0

  private constructor(
    private readonly path: string,
    private readonly base: { path: string; inode: number },
    /** It may be longer than this before all is written anew, so that writing stays in proportion to what changes. */
    private readonly longest: number,
  ) {}

  /** @param baseLength characters of what was written, to which the journal adds */
  static async begin(
    directory: string,
    basePath: string,
    generation: string,
    baseLength: number,
  ): Promise<Journal> {
    const { ino: inode } = await stat(basePath)
    return new Journal(
      pathOf(directory, generation),
      { path: basePath, inode },
      2 * baseLength + SHORT_JOURNAL,
    )
  }

  /**
   * Adds what changed together, as one line: all of it is there or nothing.
   * @returns false when everything should be written anew instead: the journal is long, or another process wrote
   */
  async add(changes: readonly object[]): Promise<boolean> {
    if (this.length > this.longest || !(await this.isBaseOurs())) return false
    if (changes.length === 0) return true
    const line = `${JSON.stringify(changes)}\n`
    await appendFile(this.path, line, { mode: 0o600 })
    this.length += line.length
    return true
  }

  private isBaseOurs(): Promise<boolean> {
    return stat(this.base.path).then(
      ({ ino }) => ino === this.base.inode,
      () => false,
    )
  }
}

/** @returns every change of that generation, in their order */
export async function readJournal(directory: string, generation: string): Promise<unknown[]> {
  const text = await readFile(pathOf(directory, generation), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  // What comes after the last line break was never answered: the process was killed while it wrote.
  const lines = text.split('\n').slice(0, -1)
  return lines.flatMap((line) => JSON.parse(line) as unknown[])
}

export async function removeJournals(directory: string): Promise<void> {
  const names = await readdir(directory)
  await Promise.all(
    names.filter((name) => NAME.test(name)).map((name) => rm(join(directory, name), { force: true })),
  )
}

const pathOf = (directory: string, generation: string): string =>
  join(directory, `journal-${generation}.jsonl`)
