import type { NamedRoute } from '../../routes/index.js'
import { putTogether, type BaseCall } from '../../routes/stage/base-call.js'
import { RowWatch, type RowChange } from '../../routes/stage/row-watch.js'
import { Stage } from '../../routes/stage/stage.js'
import type { Role, TwoCounties } from '../../routes/stage/two-counties.js'
import { curlOf, send, type WireAnswer, type WireCall } from '../../routes/stage/wire-call.js'
import { WriteScope } from '../../routes/stage/write-scope.js'
import { refusalIn } from '../../bad-input/refusal.js'
import { edited, type Edit } from './edits.js'

/** Of the processor: however busy the machine is, a call takes the same. */
const MOST_CPU_MS = 1_000
/** By the clock: what waits takes no processor time. */
const MOST_MS = 5_000
/** A refusal may repeat the name of a field, never a value; short ones may stand in a sentence by chance. */
const LEAST_ECHO = 14

/** Changes valid calls of one route by one role, and looks at every answer and at every row that changed. */
export class Fuzzer {
  /** For the report at the end. */
  readonly seen = { calls: 0, accepted: 0, refused: 0, slowestMs: 0, slowest: '' }
  private base: BaseCall | undefined
  private turn: { route: NamedRoute; role: Role } | undefined

  private constructor(
    private readonly counties: TwoCounties,
    private readonly stage: Stage,
    private readonly watch: RowWatch,
    private readonly scope: WriteScope,
  ) {}

  static async open(counties: TwoCounties): Promise<Fuzzer> {
    const watch = await RowWatch.begin(counties.village.world)
    return new Fuzzer(counties, new Stage(counties, 'by others'), watch, await WriteScope.of(counties))
  }

  /** The counties too. */
  close(): Promise<void> {
    return this.counties.close()
  }

  turnTo(route: NamedRoute, role: Role): void {
    this.turn = { route, role }
    this.base = undefined
  }

  /** Sends one changed call. @throws an Error with the call as a line for the shell, when something is wrong */
  async attempt(edits: readonly Edit[]): Promise<void> {
    if (!this.turn) throw new Error('turned to no route')
    const { route, role } = this.turn
    if (!this.base) {
      this.base = await this.stage.prepare(route, role, 'inside')
      await this.watch.forget()
    }
    const { call, pieces } = edited(this.base, edits)
    const wire = putTogether(call, pieces)
    const answer = await this.sendInTime(wire)
    const isAccepted = answer.status < 400
    this.seen.calls += 1
    this.seen[isAccepted ? 'accepted' : 'refused'] += 1
    try {
      judge(route, wire, answer)
      const changes = await this.watch.changes()
      const wrong = await this.scope.beyond(role, route, isAccepted, changes)
      if (wrong.length > 0)
        throw new Error(`rows changed that are not this caller’s to change\n${textOf(wrong)}`)
      // Good for one acceptance: what it was about is not as it was.
      if (isAccepted && (route.writes ?? route.writesSometimes)) {
        this.base = undefined
        this.stage.accepted(route)
      }
    } catch (error) {
      this.base = undefined
      throw new Error(this.describe(error, wire, answer))
    }
  }

  /** One slow answer may be the machine's fault, two are ours. */
  private async sendInTime(wire: WireCall): Promise<WireAnswer> {
    const { baseUrl } = this.counties.village.world
    let answer = await send(baseUrl, wire)
    if (isSlow(answer)) {
      const { ms, cpuMs } = await send(baseUrl, wire)
      answer = { ...answer, ms: Math.min(ms, answer.ms), cpuMs: Math.min(cpuMs, answer.cpuMs) }
    }
    if (answer.ms > this.seen.slowestMs) {
      this.seen.slowestMs = Math.round(answer.ms)
      this.seen.slowest = `${this.turn?.route.name} as ${this.turn?.role}`
    }
    return answer
  }

  private describe(error: unknown, wire: WireCall, answer: WireAnswer): string {
    return [
      `${this.turn?.route.name} as ${this.turn?.role}: ${error instanceof Error ? error.message : String(error)}`,
      `answered ${answer.status} in ${Math.round(answer.ms)} ms: ${answer.text.slice(0, 600)}`,
      curlOf(this.counties.village.world.baseUrl, wire),
    ].join('\n')
  }
}

const isSlow = ({ ms, cpuMs }: WireAnswer): boolean => ms > MOST_MS || cpuMs > MOST_CPU_MS

function judge({ echoes }: NamedRoute, wire: WireCall, answer: WireAnswer): void {
  if (answer.status >= 500) throw new Error('a server error')
  if (isSlow(answer)) throw new Error('too slow, twice')
  if (({} as { polluted?: unknown }).polluted !== undefined)
    throw new Error('the prototype of all objects has changed')
  if (answer.status < 400) return
  const token = wire.headers['authorization'] ?? ''
  if (token.length >= LEAST_ECHO && answer.text.includes(token.replace('Bearer ', '')))
    throw new Error('the answer repeats the token')
  // An answer to HEAD has no content, whatever it would have been.
  if (wire.method === 'HEAD') return
  const { code } = refusalIn(answer)
  if (echoes?.includes(code)) return
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
