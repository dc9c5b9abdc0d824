import { createInflateRaw } from 'node:zlib'
import { codeOf, damaged, tooLarge } from './unreadable-file.error.js'
import type { ZipPart } from './workbook-container.rules.js'

const CHUNK_BYTES = 64 * 1024
/** From here on it is asked whether a part unpacks to more than any table would. */
const SUSPICIOUS_BYTES = 16 * 1024 * 1024
/** Tables shrink to a tenth, at most to a fiftieth; what is made to fill memory, to a thousandth. */
const MAX_RATIO = 200

/** How many bytes may still be unpacked; shared by all parts that are looked at before a row is read. */
export class UnpackingBudget {
  /** So far, of all parts: what a refusal cost. */
  spent = 0

  constructor(private readonly bytes: number) {}

  spend(bytes: number): void {
    this.spent += bytes
    if (this.spent > this.bytes) throw tooLarge()
  }
}

/** Unpacks a part piece by piece; whoever stops listening stops the unpacking. @throws UnreadableFile */
export async function* unpack({ stored, packed }: ZipPart, budget: UnpackingBudget): AsyncGenerator<Buffer> {
  if (packed.length === 0) return
  if (stored) {
    for (let start = 0; start < packed.length; start += CHUNK_BYTES) {
      const piece = packed.subarray(start, start + CHUNK_BYTES)
      budget.spend(piece.length)
      yield piece
    }
    return
  }
  const inflating = createInflateRaw({ chunkSize: CHUNK_BYTES })
  inflating.end(packed)
  let unpacked = 0
  try {
    for await (const piece of inflating as AsyncIterable<Buffer>) {
      unpacked += piece.length
      budget.spend(piece.length)
      if (unpacked > SUSPICIOUS_BYTES && unpacked > packed.length * MAX_RATIO) throw tooLarge()
      yield piece
    }
  } catch (error) {
    // Only unpacking fails with a code of zlib; what else there is belongs to whoever listens.
    throw codeOf(error).startsWith('Z_') ? damaged() : error
  } finally {
    inflating.destroy()
  }
}
