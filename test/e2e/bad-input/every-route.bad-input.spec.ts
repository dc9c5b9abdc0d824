import fc from 'fast-check'
import { schema } from '../../../server/schema.js'
import { newId } from '../../../server/platform/database/ids.js'
import type { Field } from '../routes/fields.js'
import { describedRoutes, type NamedRoute } from '../routes/index.js'
import { putTogether, type BaseCall } from '../routes/stage/base-call.js'
import { admittedTo } from '../routes/stage/expectations.js'
import { RowWatch } from '../routes/stage/row-watch.js'
import { Stage } from '../routes/stage/stage.js'
import { openTwoCounties, type TwoCounties } from '../routes/stage/two-counties.js'
import { closeConnections, send, type Part, type WireAnswer } from '../routes/stage/wire-call.js'
import { fieldsIn, refusalIn } from './refusal.js'

/** Few enough for a refusal to name them all, and for a form to hold them. */
const AT_ONCE = 9
const UNKNOWN = ['colour', 'id', 'state', 'amountFen', 'accountId']
/** The parser of forms drops a field of this name before anybody sees it. */
const MEMBER_OF_EVERY_OBJECT = 'toString'
const UNKNOWN_PARAMETERS = ['colour', 'a[b]', 'unitId[]', '']

const named = (chosen: (route: NamedRoute) => boolean) =>
  describedRoutes.filter(chosen).map((route): [string, NamedRoute] => [route.name, route])
const COMMANDS = named(({ route }) => !route.startsWith('GET '))
const FILLED_IN = COMMANDS.filter(([, { body }]) => body !== undefined)
const FORMS = COMMANDS.filter(([, { file }]) => file !== undefined)
const QUERIES = named(({ query }) => query !== undefined)
const WITHOUT_QUERY = named(({ query }) => query === undefined)
const ADDRESSED = named(({ path }) => path !== undefined)

describe('every route names what is wrong with what it was sent, and stores nothing', () => {
  let counties: TwoCounties
  let stage: Stage
  let watch: RowWatch
  /** A call of each route that would be accepted. */
  const calls = new Map<string, BaseCall>()

  beforeAll(async () => {
    counties = await openTwoCounties()
    stage = new Stage(counties, 'by others')
    watch = await RowWatch.begin(counties.village.world)
  })
  afterAll(async () => {
    closeConnections()
    await counties.close()
  })

  const callOf = async (route: NamedRoute): Promise<BaseCall> => {
    const call = calls.get(route.name) ?? (await stage.prepare(route, admittedTo(route), 'inside'))
    calls.set(route.name, call)
    await watch.forget()
    return call
  }
  afterEach(async () => expect(await watch.changes()).toEqual([]))

  const sent = (call: BaseCall) => send(counties.village.world.baseUrl, putTogether(call))
  const withBody = (call: BaseCall, value: unknown) =>
    sent({
      ...call,
      headers: { ...call.headers, 'idempotency-key': 'one-and-the-same' },
      body: { kind: 'json', value },
    })
  const bodyOf = ({ body }: BaseCall) => (body.kind === 'json' ? (body.value as Record<string, unknown>) : {})
  /** With these fields added or changed, in a form as texts before its file. */
  const withFields = (call: BaseCall, fields: Record<string, unknown>) =>
    call.body.kind === 'parts'
      ? withParts(call, [
          ...Object.entries(fields).map(([name, value]) => ({ name, content: Buffer.from(String(value)) })),
          ...call.body.parts.filter(({ name }) => !(name in fields)),
        ])
      : withBody(call, { ...bodyOf(call), ...fields })
  const withParts = (call: BaseCall, parts: Part[]) => sent({ ...call, body: { kind: 'parts', parts } })
  const withQuery = (call: BaseCall, ...pairs: Array<[string, string]>) =>
    sent({
      ...call,
      query: [...call.query.filter(([name]) => !pairs.some(([other]) => other === name)), ...pairs],
    })
  const topLevel = (answer: WireAnswer) => fieldsIn(answer).map((path) => path.split('.')[0])
  const entries = (fields: Record<string, Field> = {}) => Object.entries(fields)

  it('commands, queries and ids are many', () => {
    const kinds = { COMMANDS, FILLED_IN, QUERIES, WITHOUT_QUERY, ADDRESSED }
    expect(Object.entries(kinds).filter(([, { length }]) => length < 10)).toEqual([])
    expect(FORMS.length).toBeGreaterThan(0)
  })

  describe.each(FILLED_IN)('%s', (_, route) => {
    it('refuses wrong values at their field', async () => {
      const call = await callOf(route)
      for (const [field, { wrong }] of entries(route.body)) {
        for (const value of wrong) {
          const answer = await withFields(call, { [field]: value })
          expect([answer.status, value, topLevel(answer)]).toEqual([
            400,
            value,
            expect.arrayContaining([field]),
          ])
        }
      }
    })

    it('says of a field that is missing that it is missing', async () => {
      const call = await callOf(route)
      for (const [field, { isOptional }] of entries(route.body)) {
        if (isOptional) continue
        const { [field]: _missing, ...others } = bodyOf(call)
        const { code, fields } = refusalIn(await withBody(call, others))
        expect([code, fields]).toEqual(['request.invalid', [{ field, message: '没有填写' }]])
      }
    })

    it('refuses whatever is no object', async () => {
      const call = await callOf(route)
      for (const body of [[], '文字', null, 7, true]) refusalIn(await withBody(call, body))
    })
  })

  describe.each(COMMANDS)('%s', (_, route) => {
    it('refuses fields that it does not know', async () => {
      const call = await callOf(route)
      for (const unknown of route.file ? UNKNOWN : [...UNKNOWN, MEMBER_OF_EVERY_OBJECT]) {
        expect(fieldsIn(await withFields(call, { [unknown]: 1 }))).toContain(unknown)
      }
    })

    it('lets no column of any table be set by its name', async () => {
      const { database } = counties.village.world
      const columns = new Set(
        schema.entities.flatMap((entity) =>
          database.repository(entity).metadata.columns.map(({ propertyName }) => propertyName),
        ),
      )
      expect(columns.size).toBeGreaterThan(80)
      const call = await callOf(route)
      const unasked = [...columns].filter((column) => !(column in (route.body ?? {})))
      for (let at = 0; at < unasked.length; at += AT_ONCE) {
        const added = unasked.slice(at, at + AT_ONCE)
        const answer = await withFields(call, Object.fromEntries(added.map((column) => [column, newId()])))
        expect([answer.status, fieldsIn(answer)]).toEqual([400, expect.arrayContaining(added)])
      }
    })
  })

  describe.each(FORMS)('%s', (_, route) => {
    it('refuses a field that comes twice', async () => {
      const call = await callOf(route)
      const parts = call.body.kind === 'parts' ? call.body.parts : []
      const fields = parts.filter(({ fileName }) => fileName === undefined)
      expect(fields.length).toBeGreaterThan(0)
      for (const field of fields) {
        expect(fieldsIn(await withParts(call, [field, ...parts]))).toContain(field.name)
      }
    })

    it('says that its file is missing', async () => {
      const call = await callOf(route)
      const parts = call.body.kind === 'parts' ? call.body.parts : []
      const fields = parts.filter(({ fileName }) => fileName === undefined)
      expect(fieldsIn(await withParts(call, fields))).toEqual(['file'])
    })
  })

  it('whatever JSON is sent to whatever command, it is refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FILLED_IN), fc.jsonValue(), async ([, route], value) => {
        const call = await callOf(route)
        refusalIn(await withBody(call, value))
        const [field = ''] = Object.keys(route.body ?? {})
        expect((await withFields(call, { [field]: value })).status).toBeLessThan(500)
        await watch.forget()
      }),
      { numRuns: 150 },
    )
  })

  describe.each(QUERIES)('%s', (_, route) => {
    it('refuses wrong values at their field, and every field that comes twice', async () => {
      const call = await callOf(route)
      for (const [field, { wrong, isOptional }] of entries(route.query)) {
        for (const value of wrong) {
          const answer = await withQuery(call, [field, encodeURIComponent(String(value))])
          expect([field, value, answer.status]).toEqual([field, value, 400])
          expect(fieldsIn(answer)).toContain(field)
        }
        expect(fieldsIn(await withQuery(call, [field, '1'], [field, '2']))).toContain(field)
        if (isOptional) continue
        const others = call.query.filter(([name]) => name !== field)
        expect(fieldsIn(await sent({ ...call, query: others }))).toContain(field)
      }
    })

    it('refuses what it does not know, and lets nothing reach for the prototype', async () => {
      const call = await callOf(route)
      for (const unknown of UNKNOWN_PARAMETERS) {
        expect([unknown, refusalIn(await withQuery(call, [unknown, '1'])).status]).toEqual([unknown, 400])
      }
      const answer = await withQuery(
        call,
        ['__proto__', '1'],
        ['constructor', '2'],
        ['__proto__[polluted]', '3'],
      )
      expect(answer.status).toBeLessThan(500)
      expect(({} as { polluted?: string }).polluted).toBeUndefined()
    })
  })

  it.each(WITHOUT_QUERY)('%s takes no parameters, and refuses every one', async (_, route) => {
    const call = await callOf(route)
    for (const unknown of UNKNOWN_PARAMETERS) {
      const { status, fields } = refusalIn(await withQuery(call, [unknown, '1']))
      expect([unknown, status, fields?.length]).toEqual([unknown, 400, 1])
    }
  })

  it('whatever stands in a query, no server error follows', async () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.stringMatching(/^[-\w%&=[\]]*$/))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...QUERIES), fc.nat(), anyText, async ([, route], index, text) => {
        const fields = Object.keys(route.query ?? {})
        const field = fields[index % fields.length] ?? ''
        const answer = await withQuery(await callOf(route), [field, encodeURIComponent(text)])
        if (answer.status !== 200) refusalIn(answer)
        await watch.forget()
      }),
      { numRuns: 200 },
    )
  })

  it('a cursor made of anything at all is refused or shows rows of one’s own', async () => {
    const paged = QUERIES.filter(([, { query }]) => query && 'cursor' in query)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paged), fc.jsonValue(), async ([, route], value) => {
        const cursor = Buffer.from(JSON.stringify(value)).toString('base64url').slice(0, 200)
        const answer = await withQuery(await callOf(route), ['cursor', cursor])
        if (answer.status !== 200) refusalIn(answer)
      }),
      { numRuns: 150 },
    )
  })

  it.each(ADDRESSED)('%s refuses an id that cannot be one', async (_, route) => {
    const call = await callOf(route)
    const at =
      route.route
        .split(' ')[1]
        ?.split('/')
        .slice(1)
        .findIndex((part) => part.startsWith('{')) ?? -1
    const { member, secretary, officer } = counties.callers
    for (const id of [
      encodeURIComponent('党员'),
      '%00',
      '%F0%9F%98%80',
      "'%20OR%20'1'='1",
      '..%2f..%2fme',
      '__proto__',
      '0'.repeat(65),
    ]) {
      for (const { token } of [member, secretary, officer]) {
        const answer = await sent({
          ...call,
          segments: call.segments.map((segment, index) => (index === at ? id : segment)),
          headers: { ...call.headers, authorization: `Bearer ${token}` },
        })
        expect([400, 403, 404]).toContain(refusalIn(answer).status)
      }
    }
  })
})
