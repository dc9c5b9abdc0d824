import fc from 'fast-check'
import { readBase } from '../../../server/modules/organization/roster/roster-base.rules.js'

const MAX_FEN = 100_000_000
const amount = fc.integer({ min: 0, max: MAX_FEN })

describe('A dues base', () => {
  it('loses nothing between yuan and fen, as text or as a number', () => {
    fc.assert(
      fc.property(amount, (fen) => {
        const yuan = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
        const grouped = yuan.replace(/\B(?=(\d{3})+\.)/g, ',')
        for (const text of [yuan, `${yuan}元`, `￥${grouped}`, `¥ ${yuan}`, `${grouped} 元`]) {
          expect(readBase({ text })).toEqual({ value: fen })
        }
        expect(readBase({ text: yuan, number: Number(yuan) })).toEqual({ value: fen })
      }),
    )
  })

  it.each([
    ['4500', 450_000],
    ['4,500元', 450_000],
    ['￥4500.5', 450_050],
    ['４５００．５０', 450_050],
    ['4，500', 450_000],
    ['4500.', 450_000],
    ['4500.5000', 450_050],
    ['0', 0],
    ['1000000', MAX_FEN],
  ])('%j is %s fen', (text, fen) => {
    expect(readBase({ text })).toEqual({ value: fen })
  })

  it.each([
    [6284.430000001, 628_443],
    [4500.1 + 0.2, 450_030],
    [1_000_000, MAX_FEN],
  ])('the number %d is %d fen, its noise dropped', (number, fen) => {
    expect(readBase({ text: String(number), number })).toEqual({ value: fen })
  })

  it.each([
    ['约5000', '不是确切的金额'],
    ['5000左右', '不是确切的金额'],
    ['五千', '不是确切的金额'],
    ['0.5万', '不是确切的金额'],
    ['45,00', '不是确切的金额'],
    ['4500-5000', '不是确切的金额'],
    ['4500 5000', '不是确切的金额'],
    ['#N/A', '不是确切的金额'],
    ['-20', '负数'],
    ['4500.555', '两位'],
    ['1000000.01', '100 万'],
    ['9'.repeat(30), '100 万'],
  ])('%j is refused: %s', (text, reason) => {
    expect(readBase({ text })).toEqual({ problem: expect.stringContaining(reason) })
  })

  it.each([
    [4500.555, '两位'],
    [-1, '负数'],
    [1_000_000.01, '100 万'],
  ])('the number %d is refused: %s', (number, reason) => {
    expect(readBase({ text: String(number), number })).toEqual({ problem: expect.stringContaining(reason) })
  })

  it('is refused where Excel made a date of it', () => {
    expect(readBase({ text: '1912-04-26', date: '1912-04-26' })).toEqual({
      problem: expect.stringContaining('日期'),
    })
  })
})
