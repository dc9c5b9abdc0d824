import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Blocks in a row, including one block of frame on each side. */
const SIDE = 18

/**
 * An image in place of a mini-program code. It shows the bits of the scene as black and white blocks. A camera cannot
 * read it. A PNG comment says so and contains the scene as text, for programs.
 *
 * @param width requested width in pixels.
 * @returns a PNG.
 */
export function codeImage(scene: string, page: string, width: number): Buffer {
  const bits = Buffer.from(scene)
  const rows = Array.from({ length: width }, (_, y) => {
    // The first byte of a row is its filter; 0 is none.
    const row = Buffer.alloc(width + 1)
    for (let x = 0; x < width; x += 1) row[x + 1] = isDark(bits, block(x, width), block(y, width)) ? 0 : 255
    return row
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(width, 4)
  // Eight bits of grey.
  header.writeUInt8(8, 8)
  const words = `Comment\0sandbox image, no real mini-program code; scene=${scene}; page=${page}`
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(words, 'latin1')),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function block(pixel: number, width: number): number {
  return Math.floor((pixel * SIDE) / width)
}

function isDark(bits: Buffer, column: number, row: number): boolean {
  if ([column, row].some((at) => at === 0 || at === SIDE - 1)) return true
  const bit = (row - 1) * (SIDE - 2) + (column - 1)
  return (((bits[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
}

function chunk(name: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(name), data])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  checksum.writeUInt32BE(crc32(content))
  return Buffer.concat([length, content, checksum])
}
