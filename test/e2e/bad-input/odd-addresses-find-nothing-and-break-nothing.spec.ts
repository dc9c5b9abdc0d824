import fc from 'fast-check'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { PERMISSIONS } from '../access/permission-table.js'
import { fieldsIn, refusalIn, rowCounts } from './refusal.js'

/** Reads that take a query, with the fields of each. */
const READS: Array<[path: string, fields: string[]]> = [
  ['/members', ['unitId', 'q', 'cursor', 'limit']],
  ['/bindings', ['state', 'cursor', 'limit']],
  ['/dues-ledger', ['month', 'unitId', 'state', 'cursor', 'limit']],
  ['/dues-ledger/months', ['month', 'unitId']],
  ['/dues-ledger/workbook', ['month', 'unitId']],
  ['/dues-ledger/document', ['month', 'unitId']],
  ['/dues-generations/preview?month=2026-11', ['unitId']],
  ['/me/bills', ['cursor', 'limit']],
  ['/me/disclosures', ['cursor', 'limit']],
]

const WRONG: Record<string, string[]> = {
  unitId: ['', 'x', '党'.repeat(26), "' OR '1'='1' -- ", '0'.repeat(25), '\u0000'.repeat(26)],
  q: ['长'.repeat(61), '\u0000', '\u001b[2J'],
  state: ['', 'all', 'constructor', 'PENDING'],
  month: ['', '2026-13', '2026-00', '26-11', '2026-11-01', '十一月'],
  limit: ['0', '-1', '101', '1.5', 'ten', '1e9', 'NaN', 'Infinity', '0x10 0'],
  cursor: [
    'x',
    '党',
    'x'.repeat(201),
    ...['[]', '{}', 'null', '[1]', '["a","b","c","d"]', '["党"]', '[null]', '["Infinity","a","b"]'].map(
      base64url,
    ),
    base64url(JSON.stringify(['NaN', '王', '0'.repeat(32)])),
    base64url(JSON.stringify([`0' OR '1'='1`])),
  ],
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}

const withQuery = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`

describe('odd addresses find nothing and break nothing', () => {
  let village: Village
  let readers: { li: Caller; zhou: Caller; chen: Caller }
  let before: Record<string, number>

  beforeAll(async () => {
    village = await openVillage()
    await village.world.county.bills(village.committee, '2026-11')
    readers = { li: await village.as('li'), zhou: await village.as('zhou'), chen: await village.as('chen') }
  })
  beforeEach(async () => {
    before = await rowCounts(village.world)
  })
  afterEach(async () => expect(await rowCounts(village.world)).toEqual(before))
  afterAll(() => village.world.close())

  const readerOf = (path: string): Caller =>
    path.startsWith('/dues-generations') ? readers.zhou : readers.li

  it.each(READS)('GET %s refuses wrong values at their field: %j', async (path, fields) => {
    for (const field of fields) {
      for (const wrong of WRONG[field] ?? []) {
        const query = withQuery(path, `${field}=${encodeURIComponent(wrong)}`)
        const answer = await readerOf(path).get(query)
        expect([query, answer.status]).toEqual([query, 400])
        expect(fieldsIn(answer)).toContain(field)
      }
      const twice = withQuery(path, `${field}=1&${field}=2`)
      expect(fieldsIn(await readerOf(path).get(twice))).toContain(field)
    }
  })

  it.each(READS)('GET %s refuses what it does not know', async (path) => {
    for (const unknown of ['colour=1', 'a[b]=1', 'unitId[]=1', '=1']) {
      const answer = await readerOf(path).get(withQuery(path, unknown))
      expect([unknown, refusalIn(answer).status]).toEqual([unknown, 400])
    }
  })

  it.each(READS)('GET %s does not let a query reach for the prototype', async (path) => {
    const answer = await readerOf(path).get(
      withQuery(path, '__proto__=1&constructor=2&__proto__[polluted]=3'),
    )
    expect(answer.status).toBeLessThan(500)
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })

  it('wildcards and quotes in a search mean themselves', async () => {
    for (const q of ['%', '_', '!', "'", '"', '\\', '王%', '__', '😀', '𠮷', 'é']) {
      const { body } = await readers.li.get(`/members?q=${encodeURIComponent(q)}`).expect(200)
      expect([q, (body as { items: unknown[] }).items]).toEqual([q, []])
    }
    const { body } = await readers.li.get(`/members?q=${encodeURIComponent('秀')}`).expect(200)
    expect((body as { items: unknown[] }).items).toHaveLength(1)
  })

  const addressed = [...PERMISSIONS.keys()].filter((route) => route.includes('{'))

  it.each(addressed)('%s with an id that cannot be one', async (route) => {
    const [method = '', pattern = ''] = route.split(' ')
    for (const id of [
      '党员',
      '%00',
      '%F0%9F%98%80',
      "'%20OR%20'1'='1",
      '..%2f..%2fme',
      '__proto__',
      '0'.repeat(65),
    ]) {
      const path = pattern.replace('/api/v1', '').replace(/\{\w+\}/, encodeURI(id).replaceAll('%25', '%'))
      const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'
      for (const caller of Object.values(readers)) {
        const answer = await caller[verb](path)
        // 400 for the body, which is missing here.
        expect([400, 403, 404]).toContain(refusalIn(answer).status)
      }
    }
  })

  it('whatever stands in a query, no server error follows', async () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.stringMatching(/^[-\w%&=[\]]*$/))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...READS), fc.nat(), anyText, async ([path, fields], index, text) => {
        const field = fields[index % fields.length] ?? ''
        const answer = await readerOf(path).get(withQuery(path, `${field}=${encodeURIComponent(text)}`))
        if (answer.status !== 200) refusalIn(answer)
      }),
      { numRuns: 200 },
    )
  })

  it('a cursor made of anything at all is refused or shows rows of one’s own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...READS), fc.jsonValue(), async ([path, fields], value) => {
        if (!fields.includes('cursor')) return
        const cursor = base64url(JSON.stringify(value)).slice(0, 200)
        const answer = await readerOf(path).get(withQuery(path, `cursor=${cursor}`))
        if (answer.status !== 200) refusalIn(answer)
      }),
      { numRuns: 150 },
    )
  })
})
