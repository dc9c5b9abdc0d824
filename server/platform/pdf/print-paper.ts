import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Paper } from './paper.js'
import { drawPage, pagesOf } from './paper-layout.js'
import { Pen } from './pen.js'

/**
 * The paper as a PDF, page by page as it is read: what nobody has taken yet is not drawn, and between two pages the
 * process serves others. A character that the bundled font cannot draw stands as its code point, with a note at the end.
 */
export const printPaper = (paper: Paper): Readable => Readable.from(print(paper), { objectMode: false })

async function* print(paper: Paper): AsyncGenerator<Buffer> {
  // A fifth of a second to load: with the first paper, not with the server.
  const { default: PDFDocument } = await import('pdfkit')
  const total = await countPages(paper)
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    lang: 'zh-CN',
    // Texts are laid out once, so there is nothing to remember; by default every text of the paper would be kept.
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

/** What was written since; null when that was all. */
const next = (document: PDFKit.PDFDocument): Buffer | null => document.read() as Buffer | null

async function countPages(paper: Paper): Promise<number> {
  let count = 0
  for (const _ of pagesOf(paper)) {
    count += 1
    await setImmediate()
  }
  return count
}
