import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import { openDataSource } from '../../../server/platform/database/data-source.js'
import { isEmbedded } from '../../../server/platform/database/engine.js'
import { schema } from '../../../server/schema.js'
import { migratedDatabase } from '../../support/test-database.js'

/** How many databases may wait in this worker before the one that was just left comes round again. */
const MOST_READY = 5
const INSERT = `INSERT INTO clock_lock (name, heldUntil) VALUES ('left', '2026-11-21 04:00:00.000')`

interface Opened {
  url: string | undefined
  source: DataSource
  leave(): Promise<void>
}

describe('A migrated database that a story has left', () => {
  const open = async (): Promise<Opened> => {
    const dataDir = mkdtempSync(join(tmpdir(), 'zhibu-handed-on-'))
    const database = await migratedDatabase(dataDir)
    const source = await openDataSource({ url: database.url, dataDir, poolSize: 1 }, schema)
    await database.migrate(source)
    return {
      url: database.url,
      source,
      async leave() {
        await source.destroy()
        await database.drop()
        rmSync(dataDir, { recursive: true })
      },
    }
  }
  /** Those that the next stories get, up to the one with this address. */
  const nextUpTo = async (url: string | undefined): Promise<Opened[]> => {
    const next = [await open()]
    while (next.at(-1)?.url !== url && next.length < MOST_READY) next.push(await open())
    return next
  }
  const leaveAll = async (databases: Opened[]) => {
    for (const database of databases) await database.leave()
  }

  it('has all tables and no rows for the next one', async () => {
    const first = await open()
    await first.source.query(INSERT)
    await first.leave()
    const next = await nextUpTo(first.url)
    const last = next.at(-1)
    expect(last?.url).toBe(first.url)
    expect(await last?.source.showMigrations()).toBe(false)
    expect(await last?.source.query('SELECT name FROM clock_lock')).toEqual([])
    await leaveAll(next)
  })

  it('is dropped when a table was changed', async () => {
    const first = await open()
    await first.source.query('CREATE TABLE left_over (id INTEGER NOT NULL PRIMARY KEY)')
    await first.leave()
    const next = await open()
    await expect(next.source.query('SELECT id FROM left_over')).rejects.toThrow('left_over')
    if (first.url) expect(await databases(next.source)).not.toContain(nameOf(first.url))
    await next.leave()
  })

  const onServers = isEmbedded ? it.skip : it
  onServers('is taken from whoever is still connected', async () => {
    const first = await open()
    const straggler = await openDataSource({ url: first.url, dataDir: '', poolSize: 1 }, schema)
    const runner = straggler.createQueryRunner()
    await runner.startTransaction()
    await runner.query(INSERT)
    await first.leave()
    await expect(runner.query('SELECT name FROM clock_lock')).rejects.toThrow()
    const next = await nextUpTo(first.url)
    expect(await next.at(-1)?.source.query('SELECT name FROM clock_lock')).toEqual([])
    await leaveAll(next)
    await straggler.destroy()
  })
})

const databases = async (source: DataSource) =>
  (
    await source.query<Array<{ name: string }>>('SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA')
  ).map(({ name }) => name)

const nameOf = (url: string) => new URL(url).pathname.slice(1)
