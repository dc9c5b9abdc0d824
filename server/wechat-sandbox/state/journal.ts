import { appendFile, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A journal shorter than this, in characters, never causes a full write. */
const SHORT_JOURNAL = 1_000_000
const NAME = /^journal-[0-9a-f]+\.jsonl$/

/** The changes since the last full write. The file name contains the generation of that full write. */
export class Journal {
  private length = 0

  private constructor(
    private readonly path: string,
    private readonly base: { path: string; inode: number },
    /** Above this length in characters a full write is due. It grows with the state, so full writes stay rare. */
    private readonly longest: number,
  ) {}

  /** @param baseLength length of the full write, in characters */
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
   * Appends the changes of one commit as one line, so that either all of them are stored or none.
   * @returns false when a full write is needed instead: the journal is too long, or another process wrote the state
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

/** @returns the changes of that generation in order */
export async function readJournal(directory: string, generation: string): Promise<unknown[]> {
  const text = await readFile(pathOf(directory, generation), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  // Text after the last line break is incomplete: the process was killed while it wrote, before it answered.
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
