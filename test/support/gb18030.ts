let twoBytes: Map<string, Buffer> | undefined
let fourBytes: Map<string, Buffer> | undefined

/** Text as Excel on a Chinese Windows saves it. Node reads GB18030 but does not write it. */
export function inGb18030(text: string): Buffer {
  return Buffer.concat([...text].map(encode))
}

function encode(character: string): Buffer {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x80) return Buffer.from([point])
  if (point >= 0x10000) return fourBytesOf(point - 0x10000, 0x90)
  twoBytes ??= tableOf(pairs())
  const short = twoBytes.get(character)
  if (short) return short
  fourBytes ??= tableOf(quadruples())
  const long = fourBytes.get(character)
  if (!long) throw new Error(`no code in GB18030 for U+${point.toString(16)}`)
  return long
}

function tableOf(codes: Iterable<Buffer>): Map<string, Buffer> {
  const decoder = new TextDecoder('gb18030')
  return new Map([...codes].map((code) => [decoder.decode(code), code]))
}

function* pairs(): Generator<Buffer> {
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) if (low !== 0x7f) yield Buffer.from([high, low])
  }
}

/** All four-byte codes of the basic plane. */
function* quadruples(): Generator<Buffer> {
  for (let position = 0; position < 39_420; position++) yield fourBytesOf(position, 0x81)
}

function fourBytesOf(position: number, first: number): Buffer {
  return Buffer.from([
    first + Math.floor(position / 12_600),
    0x30 + (Math.floor(position / 1_260) % 10),
    0x81 + (Math.floor(position / 10) % 126),
    0x30 + (position % 10),
  ])
}
