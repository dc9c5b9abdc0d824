import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Paper } from './paper.js'
import { drawPage, pagesOf } from './paper-layout.js'
import { Pen } from './pen.js'

/**
 * The paper as a PDF stream. A page is drawn only when the reader has taken the page before, and between two pages the
 * process can serve other requests. A character that the bundled font lacks is printed as its code point, and a note at
 * the end lists these characters.
 */
export const printPaper = (paper: Paper): Readable => Readable.from(print(paper), { objectMode: false })

async function* print(paper: Paper): AsyncGenerator<Buffer> {
  // Loading takes 0.2 s, so the library is loaded with the first paper and not at server start.
  const { default: PDFDocument } = await import('pdfkit')
  const total = await countPages(paper)
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    lang: 'zh-CN',
    // Every text is laid out once, so a cache does not help. The default would keep every text of the paper.
    fontLayoutCache: false,
    info: { Title: paper.title, Producer: '智部', Creator: '智部', CreationDate: paper.printedAt },
  })
  const pen = new Pen(document)
  let number = 0
  for (const page of pagesOf(paper)) {
    number += 1
    document.addPage()
    drawPage(pen, page, `${paper.title} 第 ${number} 页 共 ${total} 页`)
    for (let chunk = next(document); chunk !== null; chunk = next(document)) yield chunk
    await setImmediate()
  }
  document.end()
  for await (const chunk of document) yield chunk as Buffer
}

/** The next bytes of the document; null when no more are available yet. */
const next = (document: PDFKit.PDFDocument): Buffer | null => document.read() as Buffer | null

async function countPages(paper: Paper): Promise<number> {
  let count = 0
  for (const _ of pagesOf(paper)) {
    count += 1
    await setImmediate()
  }
  return count
}
