import fc from 'fast-check'
import { readDate, yearsAfter } from '../../../server/modules/organization/roster/roster-dates.rules.js'

const TODAY = '2026-06-30'
const read = (text: string) => readDate({ text }, TODAY)

const fullWidth = (text: string) =>
  text.replace(/[0-9]/g, (digit) => String.fromCodePoint(Number(digit) + 0xff10))
const pastDay = fc
  .date({ min: new Date('1900-01-01'), max: new Date(TODAY), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('A date', () => {
  it('is the same day in every way of writing it', () => {
    fc.assert(
      fc.property(pastDay, (day) => {
        const [year, month, date] = day.split('-').map(Number)
        const ways = [
          day,
          day.replaceAll('-', ''),
          day.replaceAll('-', '/'),
          `${year}-${month}-${date}`,
          `${year}.${month}.${date}`,
          `${year}/${month}/${date}`,
          `${year}年${month}月${date}日`,
          ` ${year} 年 ${month} 月 ${date} 日 `,
          `${day} 00:00:00`,
        ]
        for (const way of [...ways, ...ways.map(fullWidth)]) {
          expect(read(way)).toEqual({ value: { day, monthOnly: false } })
        }
        expect(readDate({ text: 'as shown', date: day }, TODAY)).toEqual({ value: { day, monthOnly: false } })
      }),
    )
  })

  it.each(['1983年3月', '1983.3', '1983-03', '1983/03'])('%s is a month without a day', (text) => {
    expect(read(text)).toEqual({ value: { day: '1983-03-01', monthOnly: true } })
  })

  it.each([
    ['不详', '读不出日期'],
    ['1983', '读不出日期'],
    ['198303', '读不出日期'],
    ['1983-03-21-1', '读不出日期'],
    ['约1983年3月21日', '读不出日期'],
    ['2月30日', '读不出日期'],
    ['83.3.21', '四位'],
    ['38年9月4日', '四位'],
    ['2023-02-29', '没有这一天'],
    ['20231301', '没有这一天'],
    ['1983.4.31', '没有这一天'],
    ['1883-03-21', '没有这一天'],
    ['2026-07-01', '今天之后'],
  ])('%s is refused: %s', (text, reason) => {
    expect(read(text)).toEqual({ problem: expect.stringContaining(reason) })
  })

  it('is refused when Excel made a fraction of a month, since October and January look alike', () => {
    expect(readDate({ text: '1983.1', number: 1983.1 }, TODAY)).toEqual({
      problem: expect.stringContaining('小数'),
    })
  })

  it('typed as the number 19660411 is read', () => {
    expect(readDate({ text: '19660411', number: 19660411 }, TODAY)).toEqual({
      value: { day: '1966-04-11', monthOnly: false },
    })
  })

  it('may lie ahead only where no last day is given', () => {
    expect(readDate({ text: '2027-01-05' }, null)).toEqual({ value: { day: '2027-01-05', monthOnly: false } })
  })

  it.each([
    ['1983-03-21', 18, '2001-03-21'],
    ['2004-02-29', 18, '2022-03-01'],
    ['2004-02-29', 4, '2008-02-29'],
  ])('%s and %i years make %s', (day, years, expected) => {
    expect(yearsAfter(day, years)).toBe(expected)
  })
})
