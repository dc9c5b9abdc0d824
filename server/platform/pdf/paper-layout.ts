import type { Alignment, Paper, PaperColumn } from './paper.js'
import { LINE_HEIGHT, type Pen } from './pen.js'
import { linesOf, widthOf, type Line, type Missing } from './text-layout.js'

/** A4 in points. */
const PAGE = { width: 595.28, height: 841.89 }
const MARGIN = { side: 45, top: 48, bottom: 54 }
const WIDTH = PAGE.width - 2 * MARGIN.side
const HEIGHT = PAGE.height - MARGIN.top - MARGIN.bottom

const SIZE = { title: 18, text: 10, footer: 9 }
const CELL = { side: 4, top: 3 }
/** A row with more lines is split into several rows, because it would not fit on a page. */
const MOST_LINES = 24
const HEADING_FILL = '#eeeeee'

/** A part of a paper that a page break never splits. Lengths are points. */
export interface Block {
  height: number
  /** Whether it is a table row. A page that begins with a row repeats the column headings. */
  isRow: boolean
  draw(pen: Pen, top: number): void
}

/** The pages of a paper, each with its blocks from top to bottom. A page is laid out when it is requested. */
export function* pagesOf(paper: Paper): Generator<Block[]> {
  const missing: Missing = new Set()
  const headings = paper.columns.map(({ heading }) => heading)
  const [headingRow] = rowBlocks(paper.columns, headings, missing, HEADING_FILL)
  let page: Block[] = []
  let room = HEIGHT
  for (const block of blocksOf(paper, missing)) {
    if (block.height > room) {
      yield page
      page = block.isRow && headingRow ? [headingRow] : []
      room = HEIGHT - heightOf(page)
    }
    page.push(block)
    room -= block.height
  }
  yield page
}

export function drawPage(pen: Pen, page: readonly Block[], footer: string): void {
  let top = MARGIN.top
  for (const block of page) {
    block.draw(pen, top)
    top += block.height
  }
  const [line = []] = linesOf(footer, WIDTH / SIZE.footer, new Set())
  pen.write(line, leftOf(line, 'center', SIZE.footer), PAGE.height - MARGIN.bottom + 14, SIZE.footer)
}

function* blocksOf(paper: Paper, missing: Missing): Generator<Block> {
  yield* paragraph(paper.title, missing, 'center', SIZE.title)
  yield gap(4)
  for (const remark of paper.remarks) yield* paragraph(remark, missing)
  yield gap(6)
  const headings = paper.columns.map(({ heading }) => heading)
  yield* rowBlocks(paper.columns, headings, missing, HEADING_FILL)
  for (const row of paper.rows) yield* rowBlocks(paper.columns, row, missing)
  yield gap(8)
  for (const text of paper.closing) yield* paragraph(text, missing)
  // The missing characters are known only after everything above was laid out.
  if (missing.size > 0) {
    yield gap(4)
    yield* paragraph(noteOn(missing), missing)
  }
}

/** Tells the reader what to do about characters that are shown as marks. */
function noteOn(missing: Missing): string {
  const marks = [...missing].join('、')
  return `注：文中 ${marks} 是字库未收的字，括号内为该字的国际编码（Unicode），未作替换或省略。请按身份证件核对后手工填写。`
}

function* paragraph(
  text: string,
  missing: Missing,
  align: Alignment = 'left',
  size = SIZE.text,
): Generator<Block> {
  for (const line of linesOf(text, WIDTH / size, missing)) {
    yield {
      height: size * LINE_HEIGHT,
      isRow: false,
      draw: (pen, top) => pen.write(line, leftOf(line, align, size), top, size),
    }
  }
}

const gap = (height: number): Block => ({ height, isRow: false, draw: () => undefined })

function* rowBlocks(
  columns: readonly PaperColumn[],
  cells: readonly string[],
  missing: Missing,
  fill?: string,
): Generator<Block> {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => (WIDTH * share) / shares)
  const texts = widths.map((width, index) =>
    linesOf(cells[index] ?? '', (width - 2 * CELL.side) / SIZE.text, missing),
  )
  const count = Math.max(...texts.map((lines) => lines.length))
  for (let from = 0; from < count; from += MOST_LINES) {
    const shown = texts.map((lines) => lines.slice(from, from + MOST_LINES))
    const height = Math.max(...shown.map((lines) => lines.length)) * SIZE.text * LINE_HEIGHT + 2 * CELL.top
    yield {
      height,
      isRow: true,
      draw(pen, top) {
        let left = MARGIN.side
        columns.forEach((column, index) => {
          const width = widths[index] ?? 0
          const align = fill ? 'center' : (column.align ?? 'left')
          pen.box(left, top, width, height, fill)
          drawCell(pen, shown[index] ?? [], left + CELL.side, top, width - 2 * CELL.side, height, align)
          left += width
        })
      },
    }
  }
}

/** Draws the lines of a cell, centred vertically. */
function drawCell(
  pen: Pen,
  lines: readonly Line[],
  left: number,
  top: number,
  width: number,
  height: number,
  align: Alignment,
): void {
  const lineHeight = SIZE.text * LINE_HEIGHT
  const first = top + (height - lines.length * lineHeight) / 2
  lines.forEach((line, index) => {
    pen.write(line, leftOf(line, align, SIZE.text, left, width), first + index * lineHeight, SIZE.text)
  })
}

function leftOf(line: Line, align: Alignment, size: number, left = MARGIN.side, width = WIDTH): number {
  const free = width - widthOf(line) * size
  return left + { left: 0, center: free / 2, right: free }[align]
}

const heightOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { height }) => sum + height, 0)
