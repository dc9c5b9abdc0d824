import type {
  LedgerMonthList,
  LedgerPage,
  LedgerRow,
  LedgerTotals,
} from '../../../server/contracts/organization/ledger.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import { BillRecord } from '../../../server/modules/organization/dues/bill.entity.js'
import { NOON, openVillage, type Village } from '../../support/village.js'
import { pdfText } from '../../support/pdf-text.js'
import type { Caller } from '../../support/world.js'
import { download, openWorkbook } from '../roster/workbooks.js'

const MONTHS = ['2026-11', '2026-10', '2026-09']
const PAID_AT = new Date('2026-10-05T16:30:00Z')
/** Names that sort oddly, are alike, or would be formulas. */
const NAMES = [
  '何卫东',
  '𠮷永昌',
  '𬱖永昌',
  '阿依古丽·热合曼',
  '=1+1',
  '+86',
  '@SUM(A1)',
  '-2',
  'Zhang Wei',
  'zhang wei',
]

describe('The ledger agrees with every single bill', () => {
  let village: Village
  let zhou: Caller
  let li: Caller

  beforeAll(async () => {
    village = await openVillage()
    const { county } = village.world
    for (const [index, name] of NAMES.entries()) {
      const base = { duesClass: 'wage', baseYuan: 2_000 + index * 1_234.56 } as const
      await county.member(index % 2 ? village.hexi : village.dongling, { name, ...base })
    }
    for (const month of MONTHS) await county.bills(village.committee, month)
    for (const member of [village.members.chen, village.members.he, village.members.lyu]) {
      await county.paid(member.id, ['2026-10', '2026-09'], PAID_AT)
    }
    await county.paid(village.members.wang.id, ['2026-11'], PAID_AT)
    zhou = await village.as('zhou')
    li = await village.as('li')
  })
  afterAll(() => village.world.close())

  const page = async (caller: Caller, query: string) =>
    (await caller.get(`/dues-ledger?${query}`).expect(200)).body as LedgerPage
  /** Every page of a query, one after the other. */
  const walk = async (caller: Caller, query: string): Promise<LedgerPage[]> => {
    const pages = [await page(caller, query)]
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
      pages.push(await page(caller, `${query}&cursor=${encodeURIComponent(next)}`))
    }
    return pages
  }
  const bills = async (month: string, unitId?: string) =>
    village.world.database.repository(BillRecord).findBy({ month, ...(unitId ? { unitId } : {}) })
  const totalsOf = (rows: Array<Pick<LedgerRow, 'amountFen' | 'state'>>): LedgerTotals => {
    const of = (...states: string[]) => {
      const some = rows.filter(({ state }) => states.includes(state))
      return [some.length, some.reduce((sum, { amountFen }) => sum + amountFen, 0)] as const
    }
    const [[dueCount, dueFen], [paidCount, paidFen], [unpaidCount, unpaidFen]] = [
      of('unpaid', 'paid', 'waived', 'refunded'),
      of('paid'),
      of('unpaid'),
    ]
    return { dueCount, dueFen, paidCount, paidFen, unpaidCount, unpaidFen }
  }

  it.each(MONTHS)('the totals of %s are the sums of its bills', async (month) => {
    const all = await bills(month)
    expect(all.length).toBe(19)
    const { totals, items, visitCount } = await page(zhou, `month=${month}&limit=100`)
    expect(totals).toEqual(totalsOf(all))
    expect(totals).toEqual(totalsOf(items))
    expect(visitCount).toBe(items.filter(({ needsVisit }) => needsVisit).length)
    expect(visitCount).toBeGreaterThan(0)
  })

  it('page by page, two rows each: every bill exactly once, in one order, with the same totals', async () => {
    const whole = await page(zhou, 'month=2026-10&limit=100')
    const pages = await walk(zhou, 'month=2026-10&limit=2')
    expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 1])
    expect(pages.flatMap(({ items }) => items)).toEqual(whole.items)
    expect(new Set(whole.items.map(({ billId }) => billId))).toEqual(
      new Set((await bills('2026-10')).map(({ id }) => id)),
    )
    for (const { totals } of pages) expect(totals).toEqual(whole.totals)
    const states = whole.items.map(({ state }) => state)
    expect(states).toEqual([...states].sort().reverse())
  })

  it('bills that are added while somebody turns the pages neither repeat nor hide the others', async () => {
    const before = (await page(zhou, 'month=2026-09&limit=100')).items.map(({ billId }) => billId)
    const first = await page(zhou, 'month=2026-09&limit=4')
    for (const name of ['丁一', '曾小满', '𬱖永昌']) await village.world.county.member(village.hexi, { name })
    await village.world.county.bills(village.committee, '2026-09')
    const seen = first.items.map(({ billId }) => billId)
    for (let { next } = first; next;) {
      const more = await page(zhou, `month=2026-09&limit=4&cursor=${encodeURIComponent(next)}`)
      seen.push(...more.items.map(({ billId }) => billId))
      next = more.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(before.filter((billId) => !seen.includes(billId))).toEqual([])
  })

  it.each(['unpaid', 'paid', 'waived', 'refunded'])(
    'only the %s, while the totals stay whole',
    async (state) => {
      const whole = await page(zhou, 'month=2026-10&limit=100')
      const filtered = await walk(zhou, `month=2026-10&state=${state}&limit=3`)
      expect(filtered.flatMap(({ items }) => items)).toEqual(whole.items.filter((row) => row.state === state))
      expect(filtered[0]?.totals).toEqual(whole.totals)
    },
  )

  it('who needs a visit comes first, and can be asked for alone', async () => {
    const whole = await page(zhou, 'month=2026-10&limit=100')
    const ranks = whole.items.map(({ needsVisit, state }) => (needsVisit ? 0 : state === 'unpaid' ? 1 : 2))
    expect(ranks).toEqual([...ranks].sort())
    expect(new Set(ranks).size).toBe(3)
    const visits = await walk(zhou, 'month=2026-10&state=visit&limit=2')
    expect(visits.flatMap(({ items }) => items)).toEqual(whole.items.filter(({ needsVisit }) => needsVisit))
    expect(visits[0]?.totals).toEqual(whole.totals)
  })

  it('only one unit, and what stands below it', async () => {
    const { items, totals } = await page(zhou, `month=2026-10&unitId=${village.hexi.id}&limit=100`)
    expect(totals).toEqual(totalsOf(await bills('2026-10', village.hexi.id)))
    expect(new Set(items.map(({ unitName }) => unitName))).toEqual(new Set(['河西村党支部']))
    expect((await page(zhou, `month=2026-10&unitId=${village.committee.id}`)).totals).toEqual(
      (await page(zhou, 'month=2026-10')).totals,
    )
  })

  it('a secretary sees their own branch, whatever they ask for', async () => {
    const own = await page(li, 'month=2026-10&limit=100')
    expect(own.totals).toEqual(totalsOf(await bills('2026-10', village.dongling.id)))
    expect(new Set(own.items.map(({ unitName }) => unitName))).toEqual(new Set(['东岭村党支部']))
    for (const unitId of [village.hexi.id, village.committee.id, '0'.repeat(26)]) {
      await li.get(`/dues-ledger?month=2026-10&unitId=${unitId}`).expect(404)
      await li.get(`/dues-ledger/months?unitId=${unitId}`).expect(404)
      await li.get(`/dues-ledger/workbook?month=2026-10&unitId=${unitId}`).expect(404)
    }
    // A cursor that another officer was given opens nothing else.
    const foreign = (await page(zhou, 'month=2026-10&limit=1')).next ?? ''
    const { items } = await page(li, `month=2026-10&limit=100&cursor=${encodeURIComponent(foreign)}`)
    expect(items.filter(({ unitName }) => unitName !== '东岭村党支部')).toEqual([])
  })

  it('the months: newest first, each with the sums of its bills', async () => {
    const { items } = (await zhou.get('/dues-ledger/months').expect(200)).body as LedgerMonthList
    expect(items.map(({ month }) => month)).toEqual(MONTHS)
    for (const { month, totals } of items) expect(totals).toEqual(totalsOf(await bills(month)))
    const own = (await li.get('/dues-ledger/months').expect(200)).body as LedgerMonthList
    for (const { month, totals } of own.items) {
      expect(totals).toEqual(totalsOf(await bills(month, village.dongling.id)))
    }
  })

  it('a month without bills is empty, not an error', async () => {
    expect(await page(zhou, 'month=2019-01')).toEqual({
      month: '2019-01',
      totals: { dueCount: 0, dueFen: 0, paidCount: 0, paidFen: 0, unpaidCount: 0, unpaidFen: 0 },
      visitCount: 0,
      items: [],
      next: null,
    })
  })

  it('without a month it is this month’s, by Shanghai', async () => {
    expect((await page(zhou, 'limit=1')).month).toBe('2026-11')
    village.world.turnClockTo(new Date('2026-11-30T16:00:00Z'))
    expect((await page(await village.as('zhou'), 'limit=1')).month).toBe('2026-12')
    village.world.turnClockTo(NOON)
  })

  it('the exported file holds the same rows and numbers; what looks like a formula is text', async () => {
    const { items, totals } = await page(zhou, 'month=2026-10&limit=100')
    const { bytes, fileName } = await download(zhou, '/dues-ledger/workbook?month=2026-10')
    expect(fileName).toBe('2026年10月党费台账.xlsx')
    const sheet = await openWorkbook(bytes)
    expect(sheet.headings).toEqual(['序号', '姓名', '所在支部', '应缴（元）', '状态', '缴纳日期'])
    expect(sheet.rows).toEqual(
      items.map((row, index) => ({
        序号: index + 1,
        姓名: row.memberName,
        所在支部: row.unitName,
        '应缴（元）': row.amountFen / 100,
        状态: row.state === 'paid' ? '已缴' : '未缴',
        // half past midnight in Shanghai
        缴纳日期: row.state === 'paid' ? '2026-10-06' : null,
      })),
    )
    const sum = sheet.rows.reduce((fen, row) => fen + Math.round(Number(row['应缴（元）']) * 100), 0)
    expect(sum).toBe(totals.dueFen)
    const written = sheet.rows.map((row) => row['姓名'])
    for (const name of NAMES) expect(written).toContain(name)
  })

  it('the paper holds the same rows in the same order, with sums and the unit it is about', async () => {
    const { items, totals } = await page(zhou, 'month=2026-10&limit=100')
    const { bytes, fileName } = await download(zhou, '/dues-ledger/document?month=2026-10')
    expect(fileName).toBe('2026年10月党费收缴台账.pdf')
    const text = pdfText(bytes)
    expect(text).toMatch(
      /^2026年10月党费收缴台账党组织：中共云溪县委员会打印时间：2026-11-21 12:00（北京时间）/,
    )
    const yuan = (fen: number) => (fen / 100).toFixed(2)
    const rows = items.map((row, index) => {
      const name = row.memberName.replace('𠮷', '〔U+20BB7〕').replace('𬱖', '〔U+2CC56〕')
      const paid = row.state === 'paid' ? `${yuan(row.amountFen)}已缴2026-10-06` : '未缴'
      return `${index + 1}${name}${row.unitName}${yuan(row.amountFen)}${paid}`
    })
    const sums = `合计${yuan(totals.dueFen)}${yuan(totals.paidFen)}共 ${totals.dueCount} 人：已缴 ${totals.paidCount} 人 ${yuan(totals.paidFen)} 元，未缴 ${totals.unpaidCount} 人 ${yuan(totals.unpaidFen)} 元。`
    expect(text).toContain(rows.join('') + sums)
  })

  it('a month without bills is a paper that says so', async () => {
    expect(pdfText((await download(zhou, '/dues-ledger/document?month=2019-01')).bytes)).toContain(
      '合计0.000.00这个月还没有账单。',
    )
  })

  it('the export keeps to the scope, is recorded, and is not for those who only look', async () => {
    const { rows } = await openWorkbook((await download(li, '/dues-ledger/workbook?month=2026-10')).bytes)
    expect(new Set(rows.map((row) => row['所在支部']))).toEqual(new Set(['东岭村党支部']))
    const recorded = await village.world.database.query<{ unitId: string }>(
      `SELECT unitId FROM event WHERE name = 'dues.ledger-exported' AND unitId = ?`,
      [village.dongling.id],
    )
    expect(recorded).toHaveLength(1)
    await (await village.as('gao')).get('/dues-ledger/workbook?month=2026-10').expect(403)
    await (await village.as('chen')).get('/dues-ledger?month=2026-10').expect(403)
  })

  it('the paper keeps to the scope, is recorded, and is not for those who only look', async () => {
    const text = pdfText((await download(li, '/dues-ledger/document?month=2026-10')).bytes)
    expect(text).toContain('党组织：东岭村党支部打印')
    expect(text).not.toContain('河西村')
    const recorded = await village.world.database.query<{ data: unknown }>(
      `SELECT data FROM event WHERE name = 'dues.ledger-exported' AND unitId = ? ORDER BY id`,
      [village.dongling.id],
    )
    expect(JSON.stringify(recorded)).toContain('document')
    await li.get(`/dues-ledger/document?unitId=${village.hexi.id}`).expect(404)
    await (await village.as('gao')).get('/dues-ledger/document?month=2026-10').expect(403)
  })

  it.each([
    'month=2026-13',
    'month=',
    'state=owed',
    'limit=0',
    'limit=101',
    'cursor=nonsense',
    'cursor=W10',
    'page=2',
  ])('asked with %s it names the field', async (query) => {
    const problem = (await zhou.get(`/dues-ledger?${query}`).expect(400)).body as Problem
    expect(problem.fields).toMatchObject([{ field: query.split('=')[0] }])
  })
})
