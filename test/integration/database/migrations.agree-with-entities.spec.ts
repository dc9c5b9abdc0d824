import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import { openDataSource } from '../../../server/platform/database/data-source.js'
import { schema } from '../../../server/schema.js'
import { createDatabase, type TestDatabase } from '../../support/test-database.js'

// An empty database, because that of a world may have been migrated by another one.
describe('the schema', () => {
  let directory: string
  let database: TestDatabase
  let dataSource: DataSource

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'zhibu-schema-'))
    database = await createDatabase()
    dataSource = await openDataSource({ url: database.url, dataDir: directory, poolSize: 2 }, schema)
  })
  afterAll(async () => {
    await dataSource.destroy()
    await database.drop()
    rmSync(directory, { recursive: true, force: true })
  })

  const differences = async () =>
    (await dataSource.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query)

  it('is, once migrated, exactly what the entities describe', async () => {
    expect(await dataSource.runMigrations()).toHaveLength(schema.migrations.length)
    expect(await differences()).toEqual([])
  })

  it('can be taken back and built again', async () => {
    for (const _ of dataSource.migrations) await dataSource.undoLastMigration()
    await dataSource.runMigrations()
    expect(await differences()).toEqual([])
  })
})
