import { fromBufferPromise, getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl'
import { damaged, encrypted, tooLarge, UnreadableFile } from './unreadable-file.error.js'

/** Bytes to which all entries together may claim to unpack at most. */
const MAX_DECLARED_BYTES = 512 * 1024 * 1024
const MAX_ENTRIES = 2_000
/** From this size on, the ratio of unpacked to packed bytes is checked. */
const SUSPICIOUS_BYTES = 16 * 1024 * 1024
/** A table shrinks to a tenth, at most to a fiftieth. A zip bomb shrinks to a thousandth. */
const MAX_RATIO = 200
/** The flag of a UTF-8 name. Some programs write UTF-8 without setting it. */
const UTF8_NAME = 0x800

/** How many bytes may still be unpacked, shared by all entries that are unpacked before the first row is read. */
export class UnpackingBudget {
  /** Bytes unpacked so far, of all entries. */
  spent = 0

  constructor(private readonly bytes: number) {}

  spend(bytes: number): void {
    this.spent += bytes
    if (this.spent > this.bytes) throw tooLarge()
  }
}

/** A zip in memory. Its directory has been read; an entry is unpacked when `read` is called for it. */
export class ZipArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /**
   * Reads the directory and unpacks nothing.
   * @throws UnreadableFile when it is damaged, has a password, or claims to be larger than any table
   */
  static async open(bytes: Buffer): Promise<ZipArchive> {
    try {
      const zip = await fromBufferPromise(bytes, { decodeStrings: false })
      if (zip.entryCount > MAX_ENTRIES) throw tooLarge()
      const entries = new Map<string, Entry>()
      let declaredBytes = 0
      for await (const entry of zip.eachEntry()) {
        if (entry.isEncrypted()) throw encrypted()
        declaredBytes += entry.uncompressedSize
        entries.set(nameOf(entry), entry)
      }
      if (declaredBytes > MAX_DECLARED_BYTES) throw tooLarge()
      return new ZipArchive(zip, entries)
    } catch (error) {
      throw inWords(error)
    }
  }

  /** Names with slashes and without a slash at the beginning, whichever program wrote the file. */
  get names(): string[] {
    return [...this.entries.keys()]
  }

  /**
   * Unpacks an entry piece by piece; unpacking stops when the caller stops reading. The size that an entry states may
   * be false, so the bytes are counted.
   * @throws UnreadableFile
   */
  async *read(name: string, budget: UnpackingBudget): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name)
    if (!entry || entry.compressedSize === 0) return
    let unpacked = 0
    try {
      const pieces: AsyncIterable<Buffer> = await this.zip.openReadStreamPromise(entry)
      for await (const piece of pieces) {
        unpacked += piece.length
        budget.spend(piece.length)
        if (unpacked > SUSPICIOUS_BYTES && unpacked > entry.compressedSize * MAX_RATIO) throw tooLarge()
        yield piece
      }
    } catch (error) {
      throw inWords(error)
    }
  }
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  const name = getFileNameLowLevel(generalPurposeBitFlag | UTF8_NAME, fileNameRaw, extraFields, false)
  return name.replace(/^\/+/, '')
}

/** Errors of the library name parts of the file, so they are replaced by our own. */
function inWords(error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error
  // The library itself refuses one kind of encryption, with this message.
  return error instanceof Error && error.message.includes('encryption') ? encrypted() : damaged()
}
