import type { SheetCell } from '../../../platform/spreadsheet/reading/sheet-source.js'
import { withoutTextMark, type CellReading } from './roster-cells.rules.js'

/** The largest accepted base, in yuan: a larger number is an amount in fen, or the yearly total of a company. */
const MAX_BASE_YUAN = 1_000_000
/** Excel keeps binary fractions: 6284.43 may come back as 6284.430000001. Differences below this many fen are noise. */
const NOISE_FEN = 0.001

const EXPECTED = '应为一个金额，例如 4500 或 4500.50'

/**
 * Reads the dues base 计算基数 from yuan to integer fen.
 * Text is read digit by digit and never passes through a fraction.
 */
export function readBase(cell: SheetCell): CellReading<number> {
  if (cell.date) return { problem: `是日期，${EXPECTED}` }
  return cell.number === undefined ? baseFromText(cell.text) : baseFromNumber(cell.number)
}

function baseFromNumber(yuan: number): CellReading<number> {
  const fen = Math.round(yuan * 100)
  if (Math.abs(yuan * 100 - fen) > NOISE_FEN) return { problem: `小数超过两位，${EXPECTED}` }
  return withinLimits(fen)
}

function baseFromText(text: string): CellReading<number> {
  const plain = withoutTextMark(text)
    .normalize('NFKC')
    .replace(/[\p{Cf}]+/gu, '')
    .trim()
  const match = /^[¥¥]?\s*(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?\s*元?$/.exec(plain)
  if (!match) return { problem: `不是确切的金额，${EXPECTED}` }
  const [, sign = '', whole = '', fraction = ''] = match
  // The match starts at the first zero of a run: starting at every zero would take the square of the length.
  const decimals = fraction.replace(/(?<!0)0+$/, '')
  if (decimals.length > 2) return { problem: `小数超过两位，${EXPECTED}` }
  const digits = whole.replaceAll(',', '')
  // Longer numbers are beyond the limit in any case, and beyond what a double holds exactly.
  if (digits.length > 12) return withinLimits(Infinity)
  const fen = Number(digits) * 100 + Number(decimals.padEnd(2, '0'))
  return withinLimits(sign ? -fen : fen)
}

function withinLimits(fen: number): CellReading<number> {
  if (fen < 0) return { problem: `不能是负数，${EXPECTED}` }
  if (fen > MAX_BASE_YUAN * 100) return { problem: '超过 100 万元，请核对是否多写了位数' }
  return { value: fen }
}
