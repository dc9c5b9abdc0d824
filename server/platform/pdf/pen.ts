import type { Typeface } from './typefaces.js'
import type { Line } from './text-layout.js'

const INK = '#000000'
const RULE = '#808080'
const RULE_WIDTH = 0.5

/** Draws text and boxes at given positions. Lengths are points (1/72 inch) from the upper left corner. */
export class Pen {
  private readonly registered = new Set<Typeface>()

  constructor(private readonly document: PDFKit.PDFDocument) {}

  /** @param top upper edge of the line, not its baseline */
  write(line: Line, left: number, top: number, size: number): void {
    let x = left
    this.document.fillColor(INK)
    for (const run of line) {
      this.use(run.face)
      this.document.fontSize(size).text(run.text, x, top, { lineBreak: false })
      x += run.width * size
    }
  }

  box(left: number, top: number, width: number, height: number, fill?: string): void {
    const box = this.document.rect(left, top, width, height).lineWidth(RULE_WIDTH)
    if (fill) box.fillAndStroke(fill, RULE)
    else box.stroke(RULE)
  }

  private use(face: Typeface): void {
    if (!this.registered.has(face)) {
      this.document.registerFont(face.name, face.content)
      this.registered.add(face)
    }
    this.document.font(face.name)
  }
}

/** Line height as a factor of the text size. All parts of the bundled font have the same ascent and descent. */
export const LINE_HEIGHT = 1.45
