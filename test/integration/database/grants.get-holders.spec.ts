import { DataSource } from 'typeorm'
import { Grant } from '../../../server/platform/access/grant.entity.js'
import { TokenCache } from '../../../server/platform/auth/token-cache.js'
import { Accounts } from '../../../server/platform/auth/accounts.js'
import { newId } from '../../../server/platform/database/ids.js'
import { pendingMigrations } from '../../../server/platform/database/migrations.js'
import { OfficeRecord } from '../../../server/modules/organization/units/office.entity.js'
import { OPENIDS, openVillage, type Village } from '../../support/village.js'

describe('when roles get holders, whoever held a role before still holds it', () => {
  let village: Village
  beforeAll(async () => {
    village = await openVillage()
  })
  afterAll(() => village.world.close())

  const isUndone = async (dataSource: DataSource) =>
    (await pendingMigrations(dataSource)).some((name) => name.startsWith('RolesHaveHolders'))

  it('by their membership or in an office whose person is to be named, and once each', async () => {
    const { world, committee, members } = village
    const [li, zhou] = [await village.as('li'), await village.as('zhou')]
    const dataSource = world.app.get(DataSource)
    while (!(await isUndone(dataSource))) await dataSource.undoLastMigration()
    const zhouAccount = await world.app.get(Accounts).forOpenid(OPENIDS.zhou, null)
    // The first version let an operator grant the same role twice.
    await world.database.execute(
      `INSERT INTO access_grant (id, accountId, role, nodeId, grantedBy, grantedAt, revokedAt)
       VALUES (?, ?, 'dues-officer', ?, NULL, ?, NULL)`,
      [newId(), zhouAccount, committee.id, new Date()],
    )
    await dataSource.runMigrations()
    for (const person of ['li', 'zhou'] as const) {
      world.app.get(TokenCache).forget(await world.app.get(Accounts).forOpenid(OPENIDS[person], null))
    }

    const grants = await world.database.repository(Grant).find({ order: { id: 'ASC' } })
    expect(grants.filter(({ holderId }) => holderId === members.li.id)).toMatchObject([
      { holderKind: 'member', role: 'secretary', revokedAt: null },
    ])
    expect(grants.filter(({ accountId }) => accountId === zhouAccount)).toMatchObject([
      { holderKind: 'office', holderId: zhouAccount, revokedAt: null },
      { holderKind: 'office', revokedAt: expect.any(Date) as Date, endedReason: '重复的授权' },
    ])
    const office = await world.database.repository(OfficeRecord).findOneBy({ id: zhouAccount })
    expect(office).toMatchObject({ unitId: committee.id, title: '工作人员', personName: '姓名未登记' })
    await li.get('/members').expect(200)
    await zhou.get('/dues-ledger').expect(200)
  })
})
