import type { DataSource, EntityManager } from 'typeorm'

export type Outcome = 'committed' | 'rolled back'

/** What a scenario left behind, to be compared with what was promised. */
export interface Aftermath {
  outcomes: Outcome[]
  /** Ids in the table at the end, or for counters their value. */
  rows: number[]
  /** What somebody outside saw meanwhile. */
  seenMeanwhile?: number[]
}

/** Everything the embedded engine does, it does within few turns of the event loop: what took none by then waits. */
const TURNS = 50

export async function makeOverlapTable(source: DataSource): Promise<void> {
  await source.query('CREATE TABLE overlap_row (id INTEGER NOT NULL PRIMARY KEY, n INTEGER NOT NULL)')
}

/** B commits while A is open; then A rolls back. */
export async function commitBesideARollback(source: DataSource): Promise<Aftermath> {
  const both = await overlap(source, () => source.transaction((manager) => insert(manager, 2)))
  return { outcomes: both, rows: await ids(source) }
}

/** A write outside any transaction while A is open; then A rolls back. */
export async function plainWriteBesideARollback(source: DataSource): Promise<Aftermath> {
  let seenMeanwhile: number[] = []
  const both = await overlap(source, async () => {
    seenMeanwhile = await ids(source)
    await source.query('INSERT INTO overlap_row (id, n) VALUES (3, 0)')
  })
  return { outcomes: both, rows: await ids(source), seenMeanwhile }
}

/** Four begin at the same tick, the second fails. */
export async function fourAtTheSameTick(source: DataSource): Promise<Aftermath> {
  const outcomes = await Promise.all(
    [1, 2, 3, 4].map((id) =>
      outcomeOf(
        source.transaction(async (manager) => {
          await insert(manager, id)
          await nextTurn()
          if (id === 2) throw new Error('the second fails')
        }),
      ),
    ),
  )
  return { outcomes, rows: await ids(source) }
}

/** Fifty add one each, in one statement that reads and writes; every fifth of them changes its mind. */
export async function fiftyIncrements(source: DataSource): Promise<Aftermath> {
  await source.query('INSERT INTO overlap_row (id, n) VALUES (9, 0)')
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      outcomeOf(
        source.transaction(async (manager) => {
          await nextTurn()
          await manager.query('UPDATE overlap_row SET n = n + 1 WHERE id = 9')
          await nextTurn()
          if (index % 5 === 0) throw new Error('one of the ten that fail')
        }),
      ),
    ),
  )
  const [row] = await source.query<Array<{ n: number }>>('SELECT n FROM overlap_row WHERE id = 9')
  return { outcomes, rows: [Number(row?.n)] }
}

/** A transaction within a transaction fails: the outer one goes on without it. */
export async function nestedRollback(source: DataSource): Promise<Aftermath> {
  const outcome = await outcomeOf(
    source.transaction(async (manager) => {
      await insert(manager, 20)
      await manager
        .transaction(async (inner) => {
          await insert(inner, 21)
          throw new Error('the inner one fails')
        })
        .catch(() => undefined)
      await insert(manager, 22)
    }),
  )
  return { outcomes: [outcome], rows: await ids(source) }
}

export const outcomeOf = (work: Promise<unknown>): Promise<Outcome> =>
  work.then(
    () => 'committed' as const,
    () => 'rolled back' as const,
  )

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A inserts row 1 and stays open until `other` is done, or waits for A; then A rolls back. */
async function overlap(source: DataSource, other: () => Promise<unknown>): Promise<Outcome[]> {
  let second: Promise<Outcome> | undefined
  const first = await outcomeOf(
    source.transaction(async (manager) => {
      await insert(manager, 1)
      second = outcomeOf(other())
      await doneOrWaiting(second, source)
      throw new Error('A fails')
    }),
  )
  return [first, (await second) ?? 'rolled back']
}

async function doneOrWaiting(work: Promise<unknown>, source: DataSource): Promise<void> {
  // A server has connections enough: there nobody has to wait for rows nobody else touches.
  if (source.options.type !== 'better-sqlite3') return void (await work)
  for (let turn = 0; turn < TURNS; turn++) await nextTurn()
}

const insert = (manager: EntityManager, id: number): Promise<unknown> =>
  manager.query('INSERT INTO overlap_row (id, n) VALUES (?, 0)', [id])

async function ids(source: DataSource): Promise<number[]> {
  const rows = await source.query<Array<{ id: number }>>('SELECT id FROM overlap_row ORDER BY id')
  return rows.map(({ id }) => Number(id))
}
