/** The characters that a TrueType file can draw, and their widths. Offsets follow the OpenType specification. */
export interface GlyphTable {
  has(codePoint: number): boolean
  /** The glyph number. Several characters may share one, such as · and •. Undefined when the file has no glyph. */
  glyph(codePoint: number): number | undefined
  /** The width as a factor of the text size; a Han character is 1. 0 when the file has no glyph. */
  advance(codePoint: number): number
}

export function readGlyphTable(sfnt: Buffer): GlyphTable {
  const table = tablesOf(sfnt)
  const glyphs = glyphsByCodePoint(table('cmap'))
  const hmtx = table('hmtx')
  const metrics = table('hhea').readUInt16BE(34)
  const unitsPerEm = table('head').readUInt16BE(18)
  return {
    has: (codePoint) => glyphs.has(codePoint),
    glyph: (codePoint) => glyphs.get(codePoint),
    advance: (codePoint) => {
      const glyph = glyphs.get(codePoint)
      // Glyphs after the last entry have the width of that entry.
      return glyph === undefined ? 0 : hmtx.readUInt16BE(Math.min(glyph, metrics - 1) * 4) / unitsPerEm
    },
  }
}

function tablesOf(sfnt: Buffer): (tag: string) => Buffer {
  const tables = new Map<string, Buffer>()
  for (let index = 0; index < sfnt.readUInt16BE(4); index += 1) {
    const entry = 12 + index * 16
    const offset = sfnt.readUInt32BE(entry + 8)
    const tag = sfnt.toString('latin1', entry, entry + 4)
    tables.set(tag, sfnt.subarray(offset, offset + sfnt.readUInt32BE(entry + 12)))
  }
  return (tag) => {
    const table = tables.get(tag)
    if (!table) throw new Error(`the font has no table ${tag}`)
    return table
  }
}

function glyphsByCodePoint(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>()
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const subtable = cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4))
    const format = subtable.readUInt16BE(0)
    if (format === 4) readBasicPlane(subtable, glyphs)
    if (format === 12) readAllPlanes(subtable, glyphs)
  }
  return glyphs
}

/** Format 4: ranges of the basic plane, each with a shift or a list of glyphs. */
function readBasicPlane(subtable: Buffer, glyphs: Map<number, number>): void {
  const doubled = subtable.readUInt16BE(6)
  const [ends, starts, shifts, offsets] = [14, 16 + doubled, 16 + doubled * 2, 16 + doubled * 3]
  for (let at = 0; at < doubled; at += 2) {
    const shift = subtable.readUInt16BE(shifts + at)
    const offset = subtable.readUInt16BE(offsets + at)
    const start = subtable.readUInt16BE(starts + at)
    for (let code = start; code <= subtable.readUInt16BE(ends + at); code += 1) {
      const listed = offset === 0 ? code : subtable.readUInt16BE(offsets + at + offset + (code - start) * 2)
      const glyph = offset !== 0 && listed === 0 ? 0 : (listed + shift) & 0xffff
      if (glyph !== 0) glyphs.set(code, glyph)
    }
  }
}

/** Format 12: ranges of any plane with consecutive glyphs. */
function readAllPlanes(subtable: Buffer, glyphs: Map<number, number>): void {
  for (let group = 0; group < subtable.readUInt32BE(12); group += 1) {
    const at = 16 + group * 12
    const start = subtable.readUInt32BE(at)
    const first = subtable.readUInt32BE(at + 8)
    for (let code = start; code <= subtable.readUInt32BE(at + 4); code += 1) {
      if (first + code - start !== 0) glyphs.set(code, first + code - start)
    }
  }
}
