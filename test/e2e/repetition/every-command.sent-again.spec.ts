import { newId } from '../../../server/platform/database/ids.js'
import { IdempotencyKeys } from '../../../server/platform/idempotency/idempotency-keys.js'
import { refusalIn } from '../bad-input/refusal.js'
import { routes, type NamedRoute } from '../routes/index.js'
import type { BaseCall } from '../routes/stage/base-call.js'
import { admittedTo } from '../routes/stage/expectations.js'
import { RowWatch, type RowChange } from '../routes/stage/row-watch.js'
import { chosenOf, Stage } from '../routes/stage/stage.js'
import { openTwoCounties, type TwoCounties } from '../routes/stage/two-counties.js'
import { closeConnections, type WireAnswer } from '../routes/stage/wire-call.js'

const COMMANDS = routes
  .filter(({ repeated }) => repeated && 'underKey' in repeated)
  .map((route): [string, NamedRoute] => [route.name, route])

/** A command on things of its own, ready to be sent. */
interface Prepared {
  /** Sends the same. */
  send: (key: string) => Promise<WireAnswer>
  /** Sends something else that would be accepted as well. */
  sendOther: (key: string) => Promise<WireAnswer>
  /** Sends it anew after nothing came of it; the same, but for what WeChat takes only once. */
  sendAnew: (key: string) => Promise<WireAnswer>
}

describe('a command sent again is not done again', () => {
  let counties: TwoCounties
  let stage: Stage
  let watch: RowWatch

  beforeAll(async () => {
    counties = await openTwoCounties()
    stage = new Stage(counties, 'by others')
    watch = await RowWatch.begin(counties.village.world)
  })
  afterAll(async () => {
    closeConnections()
    await counties.close()
  })

  async function prepare(route: NamedRoute): Promise<Prepared> {
    const role = admittedTo(route)
    stage.forget()
    const call = await stage.prepare(route, role, 'inside')
    const other = await another(route, call)
    const spent = Object.entries(route.body ?? {}).filter(([, { isSpent }]) => isSpent)
    const anew = withFields(call, Object.fromEntries(spent.map(([name]) => [name, fieldsOf(other)[name]])))
    await watch.forget()
    let files = 0
    const under = (one: BaseCall) => (key: string) =>
      // Picked again, a phone hands the same file over under another name.
      stage.send(
        route,
        withFileName({ ...one, headers: { ...one.headers, 'idempotency-key': key } }, `${++files}.xlsx`),
      )
    return { send: under(call), sendOther: under(other), sendAnew: under(anew) }
  }

  /** Another command under the same name: with other fields, or about another thing. */
  async function another({ repeated, ...route }: NamedRoute, call: BaseCall): Promise<BaseCall> {
    const role = admittedTo(route)
    if (repeated && 'underKey' in repeated && repeated.another) {
      return withFields(call, await chosenOf(repeated.another, stage.scene(role, 'inside')))
    }
    stage.forget()
    return stage.prepare(route, role, 'inside')
  }

  /** What was done since it was asked last: rows that came, changed or went in each table, and the kinds of events. */
  async function done(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const change of await watch.changes()) {
      if (change.table === 'idempotency_key') continue
      const name = nameOf(change)
      counts[name] = (counts[name] ?? 0) + 1
    }
    return counts
  }

  it('these are all commands that create something, but for a few', () => {
    expect(COMMANDS.length).toBeGreaterThan(9)
  })

  describe.each(COMMANDS)('%s', (_, route) => {
    let command: Prepared
    /** What doing it once does. */
    let once: Record<string, number>

    beforeAll(async () => {
      expect((await (await prepare(route)).send(newId())).status).toBe(201)
      once = await done()
      const tables = Object.keys(once).map((name) => name.split(' ')[0])
      expect(route.writes?.filter((table) => !tables.includes(table))).toEqual([])
    })
    beforeEach(async () => {
      command = await prepare(route)
    })

    it('sent again after the answer was lost: the same answer, done once; something else under the key is refused', async () => {
      const key = newId()
      const first = await command.send(key)
      expect([first.status, await done()]).toEqual([201, once])
      const again = await command.send(key)
      expect([again.status, again.text]).toEqual([201, first.text])
      expect(again.headers['content-type']).toBe(first.headers['content-type'])
      const other = refusalIn(await command.sendOther(key))
      expect(other).toMatchObject({ status: 409, code: 'request.key-reused' })
      expect(await done()).toEqual({})
    })

    it('something else would have been accepted too, else its refusal would prove nothing', async () => {
      expect((await command.sendOther(newId())).status).toBe(201)
    })

    it('twice at the same moment: done once, and then both are told the same', async () => {
      const key = newId()
      const answers = await Promise.all([command.send(key), command.send(key)])
      const successes = answers.filter(({ status }) => status === 201)
      expect(successes.length).toBeGreaterThan(0)
      for (const answer of answers.filter(({ status }) => status !== 201)) {
        expect(['request.still-running', 'request.already-done']).toContain(refusalIn(answer).code)
        expect(answer.status).toBe(409)
      }
      const later = await command.send(key)
      expect(later.status).toBe(201)
      for (const answer of successes) expect(answer.text).toBe(later.text)
      expect(await done()).toEqual(once)
    })

    it('the process dies between commit and answer: sent again, it is said to be done and not done again', async () => {
      const key = newId()
      // What was to be kept never reaches the table, as if the machine had stopped there.
      const keep = jest.spyOn(IdempotencyKeys.prototype, 'keep').mockRejectedValueOnce(new Error('gone'))
      expect((await command.send(key)).status).toBe(201)
      expect(keep).toHaveBeenCalledTimes(1)
      keep.mockRestore()
      const again = refusalIn(await command.send(key))
      expect(again).toMatchObject({
        status: 409,
        code: 'request.already-done',
        message: '这次操作已经完成，请刷新查看。',
      })
      expect(await done()).toEqual(once)
    })

    it('the process dies before the commit: nothing is done, and sent again it is done', async () => {
      const key = newId()
      const commit = jest.spyOn(IdempotencyKeys.prototype, 'commit').mockRejectedValueOnce(new Error('gone'))
      expect((await command.send(key)).status).toBe(500)
      commit.mockRestore()
      expect(await done()).toEqual({})
      expect((await command.sendAnew(key)).status).toBe(201)
      expect(await done()).toEqual(once)
    })

    it('a key that is none is refused by its name, and nothing is done', async () => {
      for (const key of ['short', 'x'.repeat(65), 'with space in it', 'quote"quote"', '']) {
        const problem = refusalIn(await command.send(key))
        expect(problem).toMatchObject({ status: 400, code: 'request.key' })
        expect(problem.fields).toEqual([
          { field: 'Idempotency-Key', message: expect.stringContaining('8 到 64') },
        ])
      }
      expect(await done()).toEqual({})
    })
  })
})

const fieldsOf = ({ body }: BaseCall) => (body.kind === 'json' ? (body.value as Record<string, unknown>) : {})

const withFields = (call: BaseCall, fields: Record<string, unknown>): BaseCall =>
  call.body.kind === 'json'
    ? { ...call, body: { kind: 'json', value: { ...fieldsOf(call), ...fields } } }
    : call

const withFileName = (call: BaseCall, fileName: string): BaseCall =>
  call.body.kind === 'parts'
    ? {
        ...call,
        body: {
          kind: 'parts',
          parts: call.body.parts.map((part) => (part.fileName === undefined ? part : { ...part, fileName })),
        },
      }
    : call

function nameOf({ table, before, after }: RowChange): string {
  const what = !before ? 'came' : !after ? 'went' : 'changed'
  return `${table} ${what}${table === 'event' ? ` ${String(after?.['name'])}` : ''}`
}
