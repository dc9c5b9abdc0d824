import { monthsInWords } from '../../../server/modules/organization/dues/months-in-words.rules.js'
import { addMonths } from '../../../server/platform/config/business-time.js'

describe('the months on the sheet of WeChat', () => {
  it.each([
    [['2026-09'], '2026年9月'],
    [['2026-11', '2026-09', '2026-10'], '2026年9月至11月'],
    [['2026-09', '2026-11'], '2026年9月、11月'],
    [['2025-12', '2026-01'], '2025年12月至2026年1月'],
    [['2025-12', '2026-02', '2026-03'], '2025年12月、2026年2月至3月'],
  ])('%j: %s', (months, words) => {
    expect(monthsInWords(months)).toBe(words)
  })

  it('every second month of four years is within what WeChat takes', () => {
    const months = Array.from({ length: 24 }, (_, index) => addMonths('2023-01', index * 2))
    expect(`党费 ${monthsInWords(months)}`.length).toBeLessThanOrEqual(127)
  })
})
