import { appendFile, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { JournaledMap } from './journaled-map.js'
import { randomHex } from './random-text.js'
import type { SandboxState, SubMerchant } from './sandbox-state.js'

const FILE = 'state.json'
const JOURNAL = 'journal.jsonl'
/** Characters that are not worth writing everything anew. */
const SHORT_JOURNAL = 1_000_000

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

/** A line of the journal: a record as it is from here on, or all that is no record. */
type Line = { field: MapField; key: string; value?: unknown } | { rest: object }

/**
 * The state in memory and its copy on disk: `state.json` as it once was, and in `journal.jsonl` a line for each record
 * that changed since.
 *
 * Changes are made synchronously in `state`; `commit` resolves once they are on disk. Changes made while a write is
 * under way share the next one, so that many requests at a time do not mean many writes.
 */
export class StateFile {
  private last: Promise<void> = Promise.resolve()
  private next: Promise<void> | undefined
  private rest = ''
  private journalLength = 0
  /** The journal may be longer than this before all is written anew, so that writing stays in proportion to changes. */
  private longestJournal = 0
  private isJournalWhole = false

  private constructor(
    private readonly directory: string,
    readonly state: SandboxState,
  ) {}

  /** @throws when a file exists and is not readable JSON. */
  static async open(directory: string): Promise<StateFile> {
    const text = await textOf(join(directory, FILE))
    const journal = await textOf(join(directory, JOURNAL))
    const file = new StateFile(directory, text === undefined ? newState() : decode(text, journal ?? ''))
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
    const lines = this.takeLines()
    if (!this.isJournalWhole || this.journalLength > this.longestJournal) return this.writeAll()
    if (lines === '') return
    // Until it is known to have been written whole, what follows must not be added to it.
    this.isJournalWhole = false
    await appendFile(join(this.directory, JOURNAL), lines, { mode: 0o600 })
    this.isJournalWhole = true
    this.journalLength += lines.length
  }

  private takeLines(): string {
    const lines: Line[] = MAP_FIELDS.flatMap((field) =>
      this.state[field].takeChanges().map((change) => ({ field, ...change })),
    )
    const rest = restOf(this.state)
    const text = JSON.stringify(rest)
    if (text !== this.rest) lines.push({ rest })
    this.rest = text
    return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  }

  private async writeAll(): Promise<void> {
    this.isJournalWhole = false
    const path = join(this.directory, FILE)
    const text = encode(this.state)
    await writeFile(`${path}.partial`, text, { mode: 0o600 })
    // A rename is all or nothing: a process killed while writing leaves the previous state readable.
    await rename(`${path}.partial`, path)
    // One that is killed here finds lines that say again what the state says.
    await rm(join(this.directory, JOURNAL), { force: true })
    this.isJournalWhole = true
    this.journalLength = 0
    this.longestJournal = 2 * text.length + SHORT_JOURNAL
  }
}

const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

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

/** All that is no record. */
const restOf = (state: SandboxState): object =>
  Object.fromEntries(
    Object.entries(state).filter(([field]) => !(MAP_FIELDS as readonly string[]).includes(field)),
  )

function encode(state: SandboxState): string {
  const records = MAP_FIELDS.map((field) => [field, Object.fromEntries<unknown>(state[field])] as const)
  return JSON.stringify({ ...restOf(state), ...Object.fromEntries(records) })
}

function decode(text: string, journal: string): SandboxState {
  const raw = JSON.parse(text) as Record<string, unknown>
  const maps = MAP_FIELDS.map((field) => [field, new JournaledMap(Object.entries(raw[field] ?? {}))])
  const state = { sentMessages: [], ...raw, ...Object.fromEntries(maps) } as unknown as SandboxState
  replay(state, journal)
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

function replay(state: SandboxState, journal: string): void {
  // What comes after the last line break was never answered: the process was killed while it wrote.
  for (const text of journal.split('\n').slice(0, -1)) {
    const line = JSON.parse(text) as Line
    if ('rest' in line) {
      Object.assign(state, line.rest)
      continue
    }
    const records = state[line.field] as JournaledMap<unknown>
    if (line.value === undefined) records.delete(line.key)
    else records.set(line.key, line.value)
  }
}
