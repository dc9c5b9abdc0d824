import fc from 'fast-check'
import {
  addMonths,
  dayIn,
  monthIn,
  monthInWords,
  monthsBetween,
  shanghaiTimestamp,
} from '../../../server/platform/config/business-time.js'

const aMonth = fc
  .tuple(fc.integer({ min: 1000, max: 8999 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`)

describe('The day turns at midnight in Shanghai', () => {
  it.each([
    // sixteen hundred in UTC is midnight in Shanghai
    ['2026-11-30T15:59:59.999Z', '2026-11-30', '2026-11', '2026-11-30T23:59:59+08:00'],
    ['2026-11-30T16:00:00.000Z', '2026-12-01', '2026-12', '2026-12-01T00:00:00+08:00'],
    ['2026-11-30T23:59:59.999Z', '2026-12-01', '2026-12', '2026-12-01T07:59:59+08:00'],
    ['2026-12-01T00:00:00.000Z', '2026-12-01', '2026-12', '2026-12-01T08:00:00+08:00'],
    ['2026-12-31T15:59:59.999Z', '2026-12-31', '2026-12', '2026-12-31T23:59:59+08:00'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01', '2027-01', '2027-01-01T00:00:00+08:00'],
    ['2028-02-28T16:00:00.000Z', '2028-02-29', '2028-02', '2028-02-29T00:00:00+08:00'],
  ])('%s is %s there', (instant, day, month, timestamp) => {
    const at = new Date(instant)
    expect([dayIn(at), monthIn(at), shanghaiTimestamp(at)]).toEqual([day, month, timestamp])
  })

  it('as the calendar of the platform knows it too', () => {
    const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1992-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (at) => {
          expect(dayIn(at)).toBe(shanghai.format(at))
        },
      ),
    )
  })
})

describe('Months', () => {
  it.each([
    ['2026-11', 1, '2026-12'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-11', -11, '2025-12'],
    ['2026-11', 26, '2029-01'],
    ['2026-11', 0, '2026-11'],
  ])('%s and %i more is %s', (month, count, result) => {
    expect(addMonths(month, count)).toBe(result)
  })

  it('can be added, taken away and counted', () => {
    fc.assert(
      fc.property(aMonth, fc.integer({ min: -1200, max: 1200 }), (month, count) => {
        const other = addMonths(month, count)
        expect(other).toMatch(/^\d{4}-(0[1-9]|1[0-2])$/)
        expect(monthsBetween(month, other)).toBe(count)
        expect(addMonths(other, -count)).toBe(month)
        // Months are compared as texts everywhere.
        expect(Math.sign(other.localeCompare(month))).toBe(Math.sign(count))
      }),
    )
  })

  it('are said without a zero in front', () => {
    expect([monthInWords('2026-01'), monthInWords('2026-11')]).toEqual(['2026年1月', '2026年11月'])
  })
})
