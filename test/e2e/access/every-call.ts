import type { NamedRoute } from '../routes/index.js'
import { expectationsOf } from '../routes/stage/expectations.js'
import { RowWatch, type RowChange } from '../routes/stage/row-watch.js'
import type { Side } from '../routes/stage/scene.js'
import { Stage } from '../routes/stage/stage.js'
import type { Role, TwoCounties } from '../routes/stage/two-counties.js'
import { closeConnections, type WireAnswer } from '../routes/stage/wire-call.js'
import { WriteScope } from '../routes/stage/write-scope.js'

/** What somebody was answered. */
export interface Heard {
  route: string
  role: Role
  /** Headers and all that can be read. */
  text: string
  isJson: boolean
  /** Whether full numbers may stand in it. */
  uncovers: boolean
}

/** Makes the described call of a route as every role, inside, outside and about nothing; checks it and keeps what was heard. */
export class EveryCall {
  readonly heard: Heard[] = []

  private constructor(
    readonly counties: TwoCounties,
    private readonly stage: Stage,
    private readonly watch: RowWatch,
    private readonly scope: WriteScope,
  ) {}

  static async in(counties: TwoCounties): Promise<EveryCall> {
    const watch = await RowWatch.begin(counties.village.world)
    const scope = await WriteScope.of(counties)
    return new EveryCall(counties, new Stage(counties, 'by the cast'), watch, scope)
  }

  close(): Promise<void> {
    closeConnections()
    return this.counties.close()
  }

  /**
   * Each role is answered as described; what lies outside is answered like what does not exist; no row is written but those that the
   * description allows; every table that it names is written, and each write leaves an event.
   */
  async isAnsweredAsDescribed(description: NamedRoute): Promise<void> {
    const expected = expectationsOf(description)
    const actual: typeof expected = []
    const written = new Set<string>()
    for (const { role, outside } of expected) {
      const within = await this.ask(description, role, 'inside', written)
      const beyond = await this.ask(description, role, 'outside', written)
      actual.push({ role, inside: within.status, outside: beyond.status })
      if (outside !== 404) continue
      const nowhere = await this.ask(description, role, 'nowhere', written)
      expect([role, withoutRequestId(beyond)]).toEqual([role, withoutRequestId(nowhere)])
    }
    expect(actual).toEqual(expected)
    isAsDescribed(description, written)
  }

  private async ask(
    description: NamedRoute,
    role: Role,
    side: Side,
    written: Set<string>,
  ): Promise<WireAnswer> {
    const call = await this.stage.prepare(description, role, side)
    await this.watch.forget()
    const answer = await this.stage.send(description, call)
    const changes = await this.watch.changes()
    const isAccepted = answer.status < 400
    const beyond = await this.scope.beyond(role, description, isAccepted, changes)
    if (beyond.length > 0) {
      const where = `${description.name} as ${role}, ${side}: ${answer.status}`
      throw new Error(`${where}, and rows changed that were not to change: ${JSON.stringify(beyond)}`)
    }
    if (isAccepted) for (const { table } of changes) written.add(table)
    if (changes.length > 0 && description.withoutEvent === undefined) leavesEvent(description, role, changes)
    this.heard.push({
      route: description.name,
      role,
      text: `${JSON.stringify(answer.headers)}\n${answer.text}`,
      isJson: /json/.test(answer.headers['content-type'] ?? ''),
      uncovers: description.uncovers !== undefined && isAccepted,
    })
    return answer
  }
}

/** What is described is what happens: each table was written, but for those that the calls of the suites do not write. */
function isAsDescribed(description: NamedRoute, written: ReadonlySet<string>): void {
  const { name, writes = [], writesSometimes = {} } = description
  expect({
    name,
    neverWritten: writes.filter((table) => !written.has(table)),
    writtenAfterAll: Object.keys(writesSometimes).filter((table) => written.has(table)),
  }).toEqual({ name, neverWritten: [], writtenAfterAll: [] })
}

function leavesEvent({ name }: NamedRoute, role: Role, changes: RowChange[]): void {
  if (changes.some(({ table, before }) => table === 'event' && !before)) return
  throw new Error(`${name} as ${role} left no event, and changed ${JSON.stringify(changes)}`)
}

/** All that travels but the id of the request and the hour. */
export function withoutRequestId({
  status,
  text,
  headers,
}: {
  status: number
  text: string
  headers: object
}) {
  const { 'x-request-id': requestId = '', date: _, ...others } = headers as Record<string, string>
  return { status, text: text.replaceAll(requestId, '(id)'), headers: others }
}
