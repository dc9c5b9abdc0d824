import fc from 'fast-check'
import { openText } from '../../../server/platform/spreadsheet/reading/csv.reader.js'
import type { NamedColumns } from '../../../server/platform/spreadsheet/reading/csv-dialect.rules.js'

const NOTHING_NAMED: NamedColumns = () => 0

async function textsOf(bytes: Buffer, namedColumns = NOTHING_NAMED): Promise<string[][]> {
  const found: string[][] = []
  for await (const rows of openText(bytes, namedColumns).rows()) {
    found.push(...rows.map(({ cells }) => cells.map((cell) => cell.text)))
  }
  return found
}

describe('A text file', () => {
  it('gives back any table that can be written in it, however it is cut into pieces', async () => {
    const field = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((value) => !/[\u0000-\u0008\u000e-\u001f]/.test(value))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 30 }),
        async (table) => {
          const written = table.map((row) => ['x', ...row].map((value) => `"${value.replaceAll('"', '""')}"`))
          const file = written.map((row) => row.join(',')).join('\n')
          const plain = (value: string) =>
            /^\s*="((?:[^"]|"")*)"\s*$/.exec(value)?.[1]?.replaceAll('""', '"') ?? value
          expect(await textsOf(Buffer.from(`\ufeff${file}`))).toEqual(
            table.map((row) => ['x', ...row.map(plain)]),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is separated by what gives the most known columns', async () => {
    const known: NamedColumns = (texts) => texts.filter((text) => ['a', 'b', 'c'].includes(text)).length
    expect(await textsOf(Buffer.from('x,y;z\na;b;c\n1,5;2;3'), known)).toEqual([
      ['x,y', 'z'],
      ['a', 'b', 'c'],
      ['1,5', '2', '3'],
    ])
  })
})
