import fc from 'fast-check'
import {
  calendarDate,
  checkCharacter,
  inspectIdNumber,
} from '../../../server/modules/organization/members/id-number.rules.js'

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const people = fc.record({
  day,
  division: fc.integer({ min: 990101, max: 990199 }),
  sequence: fc.integer({ min: 0, max: 999 }),
})
const numberOf = ({
  day: birthDate,
  division,
  sequence,
}: {
  day: string
  division: number
  sequence: number
}) => {
  const digits = `${division}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return digits + checkCharacter(digits)
}

describe('An identity number', () => {
  it('tells birth date and sex whenever its check character fits', () => {
    fc.assert(
      fc.property(people, (person) => {
        expect(inspectIdNumber(numberOf(person))).toEqual({
          birthDate: person.day,
          sex: person.sequence % 2 === 1 ? 'male' : 'female',
        })
      }),
    )
  })

  it('is refused when any single character is changed', () => {
    fc.assert(
      fc.property(
        people,
        fc.integer({ min: 0, max: 17 }),
        fc.integer({ min: 1, max: 9 }),
        (person, at, by) => {
          const right = numberOf(person)
          const old = right.charAt(at)
          const wrong = old === 'X' ? String(by) : String((Number(old) + by) % 10)
          expect(inspectIdNumber(right.slice(0, at) + wrong + right.slice(at + 1))).toHaveProperty('fault')
        },
      ),
    )
  })

  it.each([
    ['99010119500908505X', { birthDate: '1950-09-08', sex: 'male' }],
    ['990102200002290034', { birthDate: '2000-02-29', sex: 'male' }],
    ['990101198303216026', { birthDate: '1983-03-21', sex: 'female' }],
    ['99010119830321602', { fault: 'length' }],
    ['', { fault: 'length' }],
    ['99010119830321602A', { fault: 'characters' }],
    ['X90101198303216026', { fault: 'characters' }],
    ['990101198302306026', { fault: 'birth-date' }],
    ['990101198303216027', { fault: 'check-character' }],
  ])('%s reads as %j', (text, expected) => {
    expect(inspectIdNumber(text)).toEqual(expected)
  })

  it.each([
    [2000, 2, 29, '2000-02-29'],
    [1900, 2, 29, null],
    [2023, 4, 31, null],
    [2023, 0, 1, null],
    [83, 3, 21, null],
  ])('the day %i-%i-%i is %s', (year, month, date, expected) => {
    expect(calendarDate(year, month, date)).toBe(expected)
  })
})
