import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomHex } from './random-text.js'
import type { SandboxState, SubMerchant } from './sandbox-state.js'

const FILE = 'state.json'

type MapField = {
  [K in keyof SandboxState]-?: SandboxState[K] extends ReadonlyMap<string, unknown> ? K : never
}[keyof SandboxState]

const MAP_FIELDS: readonly MapField[] = [
  'platformKeys',
  'merchants',
  'people',
  'codes',
  'accessTokens',
  'orders',
  'prepayIds',
  'deliveries',
  'subscribeTemplates',
  'subscribeQuotas',
  'plantedWords',
  'pushedEvents',
]

/**
 * The state in memory and its copy on disk.
 *
 * Changes are made synchronously in `state`; `commit` resolves once they are on disk. Changes made while a write is
 * under way share the next one, so that many requests at a time do not mean many writes.
 */
export class StateFile {
  private last: Promise<void> = Promise.resolve()
  private next: Promise<void> | undefined

  private constructor(
    private readonly path: string,
    readonly state: SandboxState,
  ) {}

  /** @throws when the file exists and is not readable JSON. */
  static async open(directory: string): Promise<StateFile> {
    const path = join(directory, FILE)
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    const file = new StateFile(path, text === undefined ? newState() : decode(text))
    await file.commit()
    return file
  }

  commit(): Promise<void> {
    this.next ??= this.last
      .catch(() => undefined)
      .then(() => {
        this.next = undefined
        return this.write()
      })
    this.last = this.next
    return this.next
  }

  private async write(): Promise<void> {
    const partial = `${this.path}.partial`
    await writeFile(partial, encode(this.state), { mode: 0o600 })
    // A rename is all or nothing: a process killed while writing leaves the previous state readable.
    await rename(partial, this.path)
  }
}

function newState(): SandboxState {
  return {
    app: { appid: `wx${randomHex(16)}`, secret: randomHex(32) },
    platformKeys: new Map(),
    merchants: new Map(),
    people: new Map(),
    codes: new Map(),
    accessTokens: new Map(),
    forcedTokenRefreshesAt: [],
    orders: new Map(),
    prepayIds: new Map(),
    deliveries: new Map(),
    subscribeTemplates: new Map(),
    subscribeQuotas: new Map(),
    sentMessages: [],
    plantedWords: new Map(),
    pushedEvents: new Map(),
  }
}

function encode(state: SandboxState): string {
  const maps = MAP_FIELDS.map((field) => [field, Object.fromEntries<unknown>(state[field])])
  return JSON.stringify({ ...state, ...Object.fromEntries(maps) })
}

function decode(text: string): SandboxState {
  const raw = JSON.parse(text) as Record<string, unknown>
  const maps = MAP_FIELDS.map((field) => [field, new Map(Object.entries(raw[field] ?? {}))])
  const state = { sentMessages: [], ...raw, ...Object.fromEntries(maps) } as unknown as SandboxState
  // An earlier version knew merchants in public-key mode only, and no partners.
  const merchant = {
    verification: 'public-key',
    publicKeyPercent: 0,
    subMerchants: [] as SubMerchant[],
  } as const
  for (const [mchid, record] of state.merchants) state.merchants.set(mchid, { ...merchant, ...record })
  for (const [key, order] of state.orders) state.orders.set(key, { ...{ payerField: 'openid' }, ...order })
  return state
}
