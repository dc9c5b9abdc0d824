import { newId } from '../../../../server/platform/database/ids.js'
import type { Caller } from '../../../support/world.js'
import type { Field } from '../fields.js'
import type { RouteDescription } from '../route.js'
import { putTogether, type BaseCall } from './base-call.js'
import { readableText } from './readable-text.js'
import type { Chosen, NamedFile, Scene, Side } from './scene.js'
import { CAST, type Role, type TwoCounties } from './two-counties.js'
import { send, type WireAnswer } from './wire-call.js'

/**
 * Who makes the calls after which the account has no session left: the cast itself, with what it holds, when nothing
 * follows; else somebody signed in for it.
 */
export type Farewells = 'by the cast' | 'by others'

/** Makes the calls that the descriptions describe, as any role and about anything. */
export class Stage {
  private readonly things = new Map<string, Promise<unknown>>()

  constructor(
    readonly counties: TwoCounties,
    private readonly farewells: Farewells,
  ) {}

  scene(role: Role, side: Side): Scene {
    return {
      counties: this.counties,
      role,
      side,
      caller: this.counties.callers[role],
      kept: <T>(name: string, make: () => Promise<T>) => {
        const thing = (this.things.get(name) as Promise<T> | undefined) ?? make()
        this.things.set(name, thing)
        return thing
      },
    }
  }

  /** A call that everything but permission would let pass, with things of its own where it changes any. */
  async prepare(description: RouteDescription, role: Role, side: Side): Promise<BaseCall> {
    const { route, before, path = {}, query = {}, body, file, headers = {} } = description
    const scene = this.scene(role, side)
    await before?.(scene)
    const [method = '', pattern = ''] = route.split(' ')
    const ids = await chosenOf(path, scene)
    const { token } = await this.voice(description, scene)
    return {
      method,
      segments: pattern
        .split('/')
        .slice(1)
        .map((segment) =>
          segment.replace(/^\{(\w+)\}$/, (_, name: string) => encodeURIComponent(ids[name] ?? '')),
        ),
      query: Object.entries(await valuesOf(query, scene)).map(([name, value]) => [
        name,
        encodeURIComponent(String(value)),
      ]),
      headers: { authorization: `Bearer ${token}`, ...(await chosenOf(headers, scene)) },
      body: file
        ? formOf(await valuesOf(body ?? {}, scene), await file(scene))
        : body
          ? { kind: 'json', value: await valuesOf(body, scene) }
          : { kind: 'none' },
    }
  }

  /** @returns the answer, its text readable whatever it is */
  async ask(description: RouteDescription, role: Role, side: Side): Promise<WireAnswer> {
    return this.send(description, await this.prepare(description, role, side))
  }

  async send(description: RouteDescription, call: BaseCall): Promise<WireAnswer> {
    const answer = await send(this.counties.village.world.baseUrl, putTogether(call))
    if (answer.status < 400) this.accepted(description)
    return { ...answer, text: await readableText(answer) }
  }

  /** What was made for calls may have changed. */
  accepted({ route }: RouteDescription): void {
    if (!route.startsWith('GET ')) this.forget()
  }

  /** From now on everything is made anew. */
  forget(): void {
    this.things.clear()
  }

  /** Whoever speaks: somebody on another phone where the call ends the session. */
  private async voice({ ends }: RouteDescription, { role, caller }: Scene): Promise<Caller> {
    const { village } = this.counties
    if (!ends || role === 'nobody') return caller
    if (ends === 'own session' || this.farewells === 'by the cast') return village.as(CAST[role])
    const openid = `o-${newId()}`
    await village.world.person(openid)
    return village.world.signIn(openid)
  }
}

/** Chosen one after the other: some change what the next one finds. */
export async function chosenOf<T>(
  choices: Record<string, Chosen<T>>,
  scene: Scene,
): Promise<Record<string, T>> {
  const values: Record<string, T> = {}
  for (const [name, choose] of Object.entries(choices)) values[name] = await choose(scene)
  return values
}

export async function valueOf({ value }: Pick<Field, 'value'>, scene: Scene): Promise<unknown> {
  return typeof value === 'function' ? await (value as Chosen<unknown>)(scene) : value
}

async function valuesOf(fields: Record<string, Field>, scene: Scene): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    if (field.value !== undefined) values[name] = await valueOf(field, scene)
  }
  return values
}

const formOf = (fields: Record<string, unknown>, { name, bytes }: NamedFile): BaseCall['body'] => ({
  kind: 'parts',
  parts: [
    ...Object.entries(fields).map(([field, value]) => ({ name: field, content: Buffer.from(String(value)) })),
    // The head of a part goes out byte by byte.
    { name: 'file', fileName: Buffer.from(name).toString('latin1'), content: bytes },
  ],
})
