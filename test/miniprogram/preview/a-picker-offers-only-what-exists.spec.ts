import fc from 'fast-check'
import { pickerModel, type PickerSource } from '../../../miniprogram/preview/runtime/builtins/picker-model.js'

const source = (given: Partial<PickerSource>): PickerSource => ({
  mode: 'selector',
  range: [],
  rangeKey: '',
  value: '',
  start: '',
  end: '',
  fields: 'day',
  ...given,
})

const isoDate = fc
  .date({ min: new Date('1980-01-01'), max: new Date('2079-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('a picker', () => {
  it('of dates yields only days of the calendar within its bounds, however it is turned', () => {
    const turn = fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 200 }))
    fc.assert(
      fc.property(
        isoDate,
        isoDate,
        isoDate,
        fc.array(turn, { maxLength: 12 }),
        (value, one, other, turns) => {
          const [start, end] = [one, other].sort() as [string, string]
          const model = pickerModel(source({ mode: 'date', value, start, end }))
          for (const [column, index] of turns) {
            model.choose(column, index % (model.columns()[column]?.length ?? 1))
            const chosen = String(model.value())
            expect(new Date(`${chosen}T00:00:00Z`).toISOString().slice(0, 10)).toBe(chosen)
            expect(chosen >= start && chosen <= end).toBe(true)
            // What is shown in the middle is what is yielded.
            const shown = model.columns().map((labels, at) => labels[model.indices()[at] ?? -1])
            expect(shown.join('-')).toBe(chosen)
          }
        },
      ),
    )
  })

  it('of dates starts at its value and has a column per field', () => {
    const at = { mode: 'date' as const, value: '2026-11-21' }
    expect(pickerModel(source(at)).value()).toBe('2026-11-21')
    expect(pickerModel(source({ ...at, fields: 'month' })).value()).toBe('2026-11')
    expect(pickerModel(source({ ...at, fields: 'year' })).columns()).toHaveLength(1)
  })

  it('of dates opens on its first day when the value lies before it', () => {
    const model = pickerModel(
      source({ mode: 'date', value: '2020-01-01', start: '2026-03-10', end: '2026-04-05' }),
    )
    expect(model.value()).toBe('2026-03-10')
    model.choose(1, 1)
    expect(model.columns()[2]).toEqual(['01', '02', '03', '04', '05'])
    expect(model.value()).toBe('2026-04-05')
  })

  it('of times stays between its ends', () => {
    const model = pickerModel(source({ mode: 'time', value: '08:10', start: '08:30', end: '18:00' }))
    expect(model.value()).toBe('08:30')
    model.choose(0, model.columns()[0]?.indexOf('18') ?? 0)
    expect(model.columns()[1]).toEqual(['00'])
    expect(model.value()).toBe('18:00')
  })

  it('of a list yields the index and shows the key asked for', () => {
    const model = pickerModel(source({ range: [{ name: 'a' }, { name: 'b' }], rangeKey: 'name', value: '1' }))
    expect(model.columns()).toEqual([['a', 'b']])
    expect(model.value()).toBe(1)
    expect(pickerModel(source({ range: ['a'], value: 7 })).indices()).toEqual([0])
  })

  it('of several lists yields an index for each', () => {
    const model = pickerModel(source({ mode: 'multiSelector', range: [['a', 'b'], ['c']], value: [1] }))
    model.choose(0, 0)
    expect(model.value()).toEqual([0, 0])
  })
})
