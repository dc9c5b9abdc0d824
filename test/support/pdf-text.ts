import { inflateSync } from 'node:zlib'
import type { IncomingMessage } from 'node:http'

interface PdfObject {
  dictionary: string
  /** Inflated; empty when it has none. */
  stream: string
}

/**
 * What a reader would copy out of a PDF of ours: the texts of each page as they were drawn, decoded through the
 * ToUnicode table of their font. Reads what pdfkit writes, no more.
 */
export function pdfPages(bytes: Buffer): string[][] {
  const objects = objectsOf(bytes)
  const all = [...objects.values()]
  const fonts = new Map<string, string[]>()
  for (const { dictionary } of all) {
    for (const [, name = '', ref] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(at(objects, ref).dictionary)?.[1]
      fonts.set(name, charactersOf(at(objects, table).stream))
    }
  }
  const root = all.find(({ dictionary }) => /\/Type \/Pages\b/.test(dictionary))
  const kids = [...(/\/Kids \[(.*?)\]/s.exec(root?.dictionary ?? '')?.[1] ?? '').matchAll(/(\d+) 0 R/g)]
  return kids.map(([, page]) => {
    const content = /\/Contents (\d+) 0 R/.exec(at(objects, page).dictionary)?.[1]
    return textsOf(at(objects, content).stream, fonts)
  })
}

/** All texts of all pages, one after the other. */
export const pdfText = (bytes: Buffer): string => pdfPages(bytes).flat().join('')

/** For `request.parse`: the text of an answer is what a PDF says, or the answer itself when it is none. */
export function pdfAsText(answer: unknown, done: (error: Error | null, body: unknown) => void): void {
  const message = answer as IncomingMessage & { text: string }
  const chunks: Buffer[] = []
  message.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)))
  message.on('end', () => {
    const bytes = Buffer.concat(chunks)
    const isPdf = bytes.subarray(0, 5).toString() === '%PDF-'
    message.text = isPdf ? pdfText(bytes) : bytes.toString()
    done(null, isPdf ? bytes : JSON.parse(message.text))
  })
}

function at(objects: Map<string, PdfObject>, id = ''): PdfObject {
  const object = objects.get(id)
  if (!object) throw new Error(`the PDF has no object ${id}`)
  return object
}

function objectsOf(bytes: Buffer): Map<string, PdfObject> {
  const text = bytes.toString('latin1')
  const objects = new Map<string, PdfObject>()
  const start = /(\d+) 0 obj\n/g
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const end = text.indexOf('endobj', start.lastIndex)
    const streamAt = text.indexOf('stream\n', start.lastIndex)
    const hasStream = streamAt !== -1 && streamAt < end
    const dictionary = text.slice(start.lastIndex, hasStream ? streamAt : end)
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0)
    const from = streamAt + 'stream\n'.length
    const packed = hasStream ? bytes.subarray(from, from + length) : Buffer.alloc(0)
    const isPacked = dictionary.includes('/FlateDecode')
    const stream = (isPacked ? inflateSync(packed) : packed).toString('latin1')
    objects.set(match[1] ?? '', { dictionary, stream })
    // Bytes of a stream may look like the start of another object.
    if (hasStream) start.lastIndex = from + length
  }
  return objects
}

/** What each glyph stands for, by the ranges of a ToUnicode table: `<0000> <00ff> [<0000> <674e> …]`. */
function charactersOf(table: string): string[] {
  const characters: string[] = []
  for (const [, from = '', list = ''] of table.matchAll(/<(\w{4})> <\w{4}> \[(.*?)\]/gs)) {
    let glyph = Number.parseInt(from, 16)
    for (const [, hex = ''] of list.matchAll(/<([\w ]*)>/g)) {
      characters[glyph] = Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le')
      glyph += 1
    }
  }
  return characters
}

function textsOf(content: string, fonts: Map<string, string[]>): string[] {
  const texts: string[] = []
  let characters: string[] = []
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font !== undefined) characters = fonts.get(font) ?? []
    else
      texts.push((shown ?? '').replace(/<(\w*)>|[^<]+/g, (_, hex?: string) => decoded(hex ?? '', characters)))
  }
  return texts
}

const decoded = (hex: string, characters: string[]): string =>
  (hex.match(/\w{4}/g) ?? []).map((glyph) => characters[Number.parseInt(glyph, 16)] ?? '\ufffd').join('')
