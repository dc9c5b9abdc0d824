import { firstMonthAt, lastDay } from '../../../server/modules/organization/dues/decisive-days.rules.js'

describe('which month a unit may collect first', () => {
  it.each([
    // fromOn, 党费交至, first unit at all, expected
    ['2026-09-15', null, false, '2026-10'],
    ['2026-09-01', null, false, '2026-09'],
    ['2026-09-15', '2026-09', false, '2026-10'],
    ['2026-09-15', '2026-08', false, '2026-09'],
    ['2026-09-15', '2026-12', false, '2027-01'],
    ['2026-12-31', null, false, '2027-01'],
    ['2026-09-15', null, true, '2026-09'],
    ['2026-09-15', '2026-09', true, '2026-10'],
  ])(
    'in the unit from %s, dues paid through %s, first: %s → %s',
    (fromOn, duesPaidThrough, isFirst, month) => {
      expect(firstMonthAt({ fromOn, duesPaidThrough }, isFirst)).toBe(month)
    },
  )

  it.each([
    ['2026-02', '2026-02-28'],
    ['2028-02', '2028-02-29'],
    ['2026-12', '2026-12-31'],
    ['2026-11', '2026-11-30'],
  ])('the last day of %s is %s', (month, day) => {
    expect(lastDay(month)).toBe(day)
  })
})
