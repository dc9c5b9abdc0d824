import { DataSource } from 'typeorm'
import type { DeviceList } from '../../../server/contracts/platform/device.js'
import { pendingMigrations } from '../../../server/platform/database/migrations.js'
import { World } from '../../support/world.js'

const OPENID = 'o-chen-xiaoxia-00000000'

describe('when refresh tokens come, whoever was signed in before stays signed in', () => {
  let world: World
  beforeAll(async () => {
    world = await World.open(new Date('2026-11-21T12:00:00+08:00'))
    await world.person(OPENID)
  })
  afterAll(() => world.close())

  const isUndone = async (dataSource: DataSource) =>
    (await pendingMigrations(dataSource)).some((name) => name.startsWith('AddRefreshTokens'))

  it('the rows of sessions survive, and their tokens go on to the end they had', async () => {
    const phone = await world.signIn(OPENID, '华为 Mate 60')
    const dataSource = world.app.get(DataSource)
    while (!(await isUndone(dataSource))) await dataSource.undoLastMigration()
    await dataSource.runMigrations()

    const { items } = (await phone.get('/me/devices').expect(200)).body as DeviceList
    expect(items).toMatchObject([
      {
        name: null,
        isThis: true,
        startedAt: '2026-11-21T04:00:00.000Z',
        lastUsedAt: '2026-11-21T04:00:00.000Z',
      },
    ])
    await world.signIn(OPENID).then((other) => other.delete('/me/devices').expect(204))
    await phone.get('/me').expect(401)
  })
})
