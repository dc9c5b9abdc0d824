import type { Role, TwoCounties } from '../../access/two-counties.js'
import { refusalIn } from '../../bad-input/refusal.js'
import { putTogether, type BaseCall } from './base-call.js'
import { BaseCalls } from './base-calls.js'
import type { DescribedRoute } from './described-route.js'
import { edited, type Edit } from './edits.js'
import { changesBetween, storedRows, type RowChange, type StoredRows } from './stored-rows.js'
import { tablesOf, WriteScope } from './who-may-write-what.js'
import { curlOf, send, type WireAnswer, type WireCall } from './wire-call.js'

const MOST_MS = 1_000
/** A refusal may repeat the name of a field, never a value; short ones may stand in a sentence by chance. */
const LEAST_ECHO = 14

/** Changes valid calls of one route by one role, and looks at every answer and at every row. */
export class Fuzzer {
  /** For the report at the end. */
  readonly seen = { calls: 0, accepted: 0, refused: 0, slowestMs: 0, slowest: '' }
  private base: BaseCall | undefined
  private rows: StoredRows = new Map()
  private unchecked: WireCall[] = []

  private constructor(
    private readonly counties: TwoCounties,
    private readonly bases: BaseCalls,
    private readonly scope: WriteScope,
    private route: DescribedRoute,
    private role: Role,
  ) {}

  static async open(counties: TwoCounties, route: DescribedRoute): Promise<Fuzzer> {
    return new Fuzzer(
      counties,
      await BaseCalls.open(counties),
      await WriteScope.of(counties),
      route,
      'nobody',
    )
  }

  /** The counties too. */
  close(): Promise<void> {
    this.bases.close()
    return this.counties.close()
  }

  /** Turns to a route and a role. Call `settle` before turning away again. */
  turnTo(route: DescribedRoute, role: Role): void {
    this.route = route
    this.role = role
    this.base = undefined
  }

  /** Sends one changed call. @throws an Error with the call as a line for the shell, when something is wrong */
  async attempt(edits: readonly Edit[]): Promise<void> {
    if (!this.base) {
      this.base = await this.bases.next(this.route, this.role)
      this.rows = await storedRows(this.world)
    }
    const { call, pieces } = edited(this.base, edits)
    const wire = putTogether(call, pieces)
    const answer = await this.sendInTime(wire)
    this.seen.calls += 1
    try {
      judge(wire, answer)
      const isWrite = answer.status < 400 && tablesOf(this.route.name, true).length > 0
      if (isWrite) await this.checkAccepted()
      else this.unchecked.push(wire)
      this.seen[answer.status < 400 ? 'accepted' : 'refused'] += 1
    } catch (error) {
      this.base = undefined
      throw new Error(this.describe(error, wire, answer))
    }
  }

  /** Whatever was refused, or was only a question, has changed nothing. */
  async settle(): Promise<void> {
    if (!this.base) return
    const calls = this.unchecked.splice(0)
    const wrong = this.leftBehind(changesBetween(this.rows, await storedRows(this.world)))
    if (wrong.length === 0) return
    throw new Error(
      `${this.route.name} as ${this.role}: rows changed though nothing was accepted\n${textOf(wrong)}\n` +
        `${await this.culprit(calls)}`,
    )
  }

  private get world() {
    return this.counties.village.world
  }

  private leftBehind(changes: RowChange[]): RowChange[] {
    const allowed = tablesOf(this.route.name, false)
    return changes.filter(({ table }) => !allowed.includes(table))
  }

  private async checkAccepted(): Promise<void> {
    const now = await storedRows(this.world)
    const changes = changesBetween(this.rows, now)
    this.base = undefined
    this.unchecked = []
    const wrong = this.scope.beyond(this.role, this.route.name, changes, now)
    if (wrong.length > 0)
      throw new Error(`rows changed that are not this caller’s to change\n${textOf(wrong)}`)
  }

  /** One slow answer may be the machine's fault, two are ours. */
  private async sendInTime(wire: WireCall): Promise<WireAnswer> {
    const { baseUrl } = this.world
    let answer = await send(baseUrl, wire)
    if (answer.ms > MOST_MS) {
      const { ms } = await send(baseUrl, wire)
      answer = { ...answer, ms: Math.min(ms, answer.ms) }
    }
    if (answer.ms > this.seen.slowestMs) {
      this.seen.slowestMs = Math.round(answer.ms)
      this.seen.slowest = `${this.route.name} as ${this.role}`
    }
    return answer
  }

  /** Sends the calls again, one at a time. */
  private async culprit(calls: WireCall[]): Promise<string> {
    for (const call of calls) {
      const before = await storedRows(this.world)
      await send(this.world.baseUrl, call)
      const changes = this.leftBehind(changesBetween(before, await storedRows(this.world)))
      if (changes.length > 0) return curlOf(this.world.baseUrl, call)
    }
    return `one of ${calls.length} calls, and it does not do it again`
  }

  private describe(error: unknown, wire: WireCall, answer: WireAnswer): string {
    return [
      `${this.route.name} as ${this.role}: ${error instanceof Error ? error.message : String(error)}`,
      `answered ${answer.status} in ${Math.round(answer.ms)} ms: ${answer.text.slice(0, 600)}`,
      curlOf(this.world.baseUrl, wire),
    ].join('\n')
  }
}

function judge(wire: WireCall, answer: WireAnswer): void {
  if (answer.status >= 500) throw new Error('a server error')
  if (answer.ms > MOST_MS) throw new Error('too slow, twice')
  if (({} as { polluted?: unknown }).polluted !== undefined)
    throw new Error('the prototype of all objects has changed')
  if (answer.status < 400) return
  // An answer to HEAD has no content, whatever it would have been.
  if (wire.method !== 'HEAD') refusalIn(answer)
  const token = wire.headers['authorization'] ?? ''
  if (token.length >= LEAST_ECHO && answer.text.includes(token.replace('Bearer ', '')))
    throw new Error('the answer repeats the token')
  for (const value of valuesIn(wire)) {
    if (answer.text.includes(value)) throw new Error(`the answer repeats ${value.slice(0, 80)}`)
  }
}

/** Texts that were sent as values, in the address and in the body. */
function valuesIn({ target, body }: WireCall): string[] {
  const values = new URLSearchParams(target.split('?')[1] ?? '').values()
  const texts = [...(body?.toString('utf8').matchAll(/:\s*"([^"\\]+)"/g) ?? [])].map(([, text = '']) => text)
  return [...values, ...texts].filter((value) => value.length >= LEAST_ECHO)
}

const textOf = (changes: RowChange[]): string =>
  changes
    .slice(0, 5)
    .map((change) => JSON.stringify(change).slice(0, 500))
    .join('\n')
