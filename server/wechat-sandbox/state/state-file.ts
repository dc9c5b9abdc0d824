import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Journal, readJournal, removeJournals } from './journal.js'
import { JournaledMap } from './journaled-map.js'
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

/** A new value of a record, or of a whole field when there is no key. Without a value the record is deleted. */
interface Change {
  field: string
  key?: string
  value?: unknown
}

/**
 * The state in memory and its copy on disk. The copy is `state.json`, the last full write, and a journal with one line
 * for each commit since then.
 *
 * Callers change `state` synchronously; `commit` resolves when the changes are on disk. Changes made during a write
 * share the next write, so concurrent requests cause few writes. Fields without records must be replaced, not
 * modified in place.
 */
export class StateFile {
  private last: Promise<void> = Promise.resolve()
  private next: Promise<void> | undefined
  private written: Partial<SandboxState> = {}
  /** Undefined when a full write is needed. */
  private journal: Journal | undefined

  private constructor(
    private readonly directory: string,
    readonly state: SandboxState,
  ) {}

  /** @throws when a file exists but is not readable JSON. */
  static async open(directory: string): Promise<StateFile> {
    const text = await textOf(join(directory, FILE))
    const file = new StateFile(directory, text === undefined ? newState() : await restored(directory, text))
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
    const changes = this.takeChanges()
    const { journal } = this
    // If this write fails in the middle, the journal must not be extended; the next write is then a full one.
    this.journal = undefined
    this.journal = (await journal?.add(changes)) ? journal : await this.writeAll()
  }

  private takeChanges(): Change[] {
    const rest = restOf(this.state)
    const fields = Object.keys({ ...this.written, ...rest }) as Array<keyof SandboxState>
    const replaced = fields.filter((field) => rest[field] !== this.written[field])
    this.written = rest
    return [
      ...MAP_FIELDS.flatMap((field) =>
        this.state[field].takeChanges().map((change) => ({ field, ...change })),
      ),
      ...replaced.map((field) => ({ field, value: rest[field] })),
    ]
  }

  private async writeAll(): Promise<Journal> {
    const path = join(this.directory, FILE)
    const generation = randomHex(16)
    const text = encode(this.state, generation)
    await writeFile(`${path}.partial`, text, { mode: 0o600 })
    // A rename is atomic. If the process is killed while it writes, the previous state stays readable.
    await rename(`${path}.partial`, path)
    // Journals of older generations are not read any more.
    await removeJournals(this.directory)
    return Journal.begin(this.directory, path, generation, text.length)
  }
}

const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

async function restored(directory: string, text: string): Promise<SandboxState> {
  const { generation, ...raw } = JSON.parse(text) as Record<string, unknown>
  const journal = typeof generation === 'string' ? await readJournal(directory, generation) : []
  return decode(raw, journal as Change[])
}

function newState(): SandboxState {
  return {
    app: { appid: `wx${randomHex(16)}`, secret: randomHex(32) },
    platformKeys: new JournaledMap(),
    merchants: new JournaledMap(),
    people: new JournaledMap(),
    codes: new JournaledMap(),
    accessTokens: new JournaledMap(),
    forcedTokenRefreshesAt: [],
    orders: new JournaledMap(),
    prepayIds: new JournaledMap(),
    deliveries: new JournaledMap(),
    subscribeTemplates: new JournaledMap(),
    subscribeQuotas: new JournaledMap(),
    sentMessages: [],
    plantedWords: new JournaledMap(),
    pushedEvents: new JournaledMap(),
  }
}

/** The fields that hold no records. */
const restOf = (state: SandboxState): Partial<SandboxState> =>
  Object.fromEntries(Object.entries(state).filter(([field]) => !isMapField(field)))

const isMapField = (field: string): field is MapField => (MAP_FIELDS as readonly string[]).includes(field)

function encode(state: SandboxState, generation: string): string {
  const records = MAP_FIELDS.map((field) => [field, Object.fromEntries<unknown>(state[field])] as const)
  return JSON.stringify({ generation, ...restOf(state), ...Object.fromEntries(records) })
}

function decode(raw: Record<string, unknown>, journal: Change[]): SandboxState {
  const maps = MAP_FIELDS.map((field) => [field, new JournaledMap(Object.entries(raw[field] ?? {}))])
  const state = { sentMessages: [], ...raw, ...Object.fromEntries(maps) } as unknown as SandboxState
  for (const change of journal) apply(state, change)
  // States of an earlier version have only merchants in public-key mode, and no partners.
  const merchant = {
    verification: 'public-key',
    publicKeyPercent: 0,
    subMerchants: [] as SubMerchant[],
  } as const
  for (const [mchid, record] of state.merchants) state.merchants.set(mchid, { ...merchant, ...record })
  for (const [key, order] of state.orders) state.orders.set(key, { ...{ payerField: 'openid' }, ...order })
  return state
}

function apply(state: SandboxState, { field, key, value }: Change): void {
  if (key === undefined || !isMapField(field)) {
    Object.assign(state, { [field]: value })
    return
  }
  const records = state[field] as JournaledMap<unknown>
  if (value === undefined) records.delete(key)
  else records.set(key, value)
}
