import { DataSource } from 'typeorm'
import { World } from '../../support/world.js'

describe('the schema', () => {
  let world: World
  beforeAll(async () => {
    world = await World.open()
  })
  afterAll(() => world.close())

  it('is, once migrated, exactly what the entities describe', async () => {
    const { upQueries } = await world.app.get(DataSource).driver.createSchemaBuilder().log()
    expect(upQueries.map(({ query }) => query)).toEqual([])
  })

  it('can be taken back and built again', async () => {
    const dataSource = world.app.get(DataSource)
    for (const _ of dataSource.migrations) await dataSource.undoLastMigration()
    await dataSource.runMigrations()
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log()
    expect(upQueries).toEqual([])
  })
})
