import fc from 'fast-check'
import { Duplicates } from '../../../server/modules/organization/roster/roster-duplicates.rules.js'
import { readRosterRow } from '../../../server/modules/organization/roster/roster-row.rules.js'
import { proposeUnits } from '../../../server/modules/organization/roster/unit-name.rules.js'
import { makeRosterWorkbook, planRoster, ROW_FAULTS } from '../../../server/seeds/organization/roster-file.js'
import { readWhole } from './read-whole.js'

const TODAY = '2026-06-30'
const BRANCHES = ['东岭村党支部', '河西村党支部', '实验小学党支部', '城关街道离退休干部党支部']
const options = (seed: number, count: number) => ({ seed, count, branches: BRANCHES, today: TODAY })

async function readInvented(seed: number, count: number) {
  const sheet = await readWhole(await makeRosterWorkbook(options(seed, count)))
  const rows = sheet.rows.map((row) => ({ rowNumber: row.rowNumber, reading: readRosterRow(row, TODAY) }))
  const duplicates = new Duplicates()
  const looks = rows.map(({ rowNumber, reading }) => ({ rowNumber, ...duplicates.look(rowNumber, reading) }))
  return { sheet, rows, repeated: looks.filter(({ problem }) => problem), looks }
}

describe('An invented roster', () => {
  it('is refused in its planted faults and nowhere else, whatever the seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 120 }), async (seed, count) => {
        const { rows, repeated } = await readInvented(seed, count)
        const refused = rows.filter(({ reading }) => 'problems' in reading).map(({ rowNumber }) => rowNumber)
        const all = new Set([...refused, ...repeated.map(({ rowNumber }) => rowNumber)])
        const planted = planRoster(options(seed, count)).planted.filter(({ kind }) =>
          ROW_FAULTS.some((fault) => fault === kind),
        )
        expect(rows).toHaveLength(count)
        expect([...all].sort((one, other) => one - other)).toEqual(
          planted.map(({ rowNumber }) => rowNumber).sort((one, other) => one - other),
        )
      }),
      { numRuns: 25 },
    )
  })

  it('names each fault by its column', async () => {
    const { rows, repeated, looks } = await readInvented(7, 200)
    const rowOf = new Map(planRoster(options(7, 200)).planted.map(({ kind, rowNumber }) => [kind, rowNumber]))
    const headings = (kind: Parameters<typeof rowOf.get>[0]) => {
      const reading = rows.find((row) => row.rowNumber === rowOf.get(kind))?.reading
      return reading && 'problems' in reading ? reading.problems.map((problem) => problem.heading) : []
    }
    expect(headings('wrong-check-character')).toEqual(['公民身份号码'])
    expect(headings('rounded-id-number')).toEqual(['公民身份号码'])
    expect(headings('contradicting-sex')).toEqual(['性别'])
    expect(headings('unreadable-date')).toEqual(['入党日期'])
    expect(headings('base-in-words')).toEqual(['计算基数'])
    expect(repeated).toMatchObject([
      {
        rowNumber: rowOf.get('duplicate-person'),
        problem: { reason: '与第 4 行是同一公民身份号码，请只保留一行' },
      },
    ])
    expect(looks).toContainEqual({ rowNumber: rowOf.get('shared-phone'), note: '联系电话与第 5 行相同' })
  })

  it('has one branch under another name, which is found, and one that does not exist', async () => {
    const { rows } = await readInvented(7, 200)
    const known = BRANCHES.map((name) => ({ id: name, name }))
    const written = new Set(
      rows.flatMap(({ reading }) => ('person' in reading ? [reading.person.unitName] : [])),
    )
    const others = [...written].filter((name) => !BRANCHES.includes(name))
    const found = others.map((name) => proposeUnits(name, known).map(({ exact }) => exact))
    expect(found.sort((one, other) => one.length - other.length)).toEqual([[], [true]])
  })

  it('looks like a file from life: title, note, gaps, true dates, full width, and a total', async () => {
    const { sheet } = await readInvented(7, 500)
    const cells = sheet.rows.map((row) => row.cells)
    expect(sheet).toMatchObject({ headerRow: 3, sheetName: '党员花名册' })
    expect(sheet.notes).toEqual(['跳过了 5 个空行', '跳过了合计行（第 509 行）'])
    expect(cells.some((cell) => cell.birthDate?.date)).toBe(true)
    expect(cells.some((cell) => /[０-９]/.test(cell.idNumber?.text ?? ''))).toBe(true)
    expect(cells.some((cell) => (cell.idNumber?.text ?? '').endsWith('x'))).toBe(true)
    expect(cells.some((cell) => (cell.name?.text.trim() ?? '').includes(' '))).toBe(true)
    expect(cells.some((cell) => (cell.phone?.text ?? '').includes(' '))).toBe(true)
  })

  it('is the same for the same seed, another for another, and of nobody who lives', async () => {
    expect(planRoster(options(3, 50))).toEqual(planRoster(options(3, 50)))
    expect(planRoster(options(3, 50))).not.toEqual(planRoster(options(4, 50)))
    const { rows } = await readInvented(3, 300)
    for (const { reading } of rows) {
      if (reading.idNumber) expect(reading.idNumber).toMatch(/^9901/)
      if (reading.phone) expect(reading.phone).toMatch(/^199/)
    }
  })
})
