import type { MemberDisclosure } from '../../../server/contracts/organization/member.js'
import { Disclosure } from '../../../server/modules/organization/members/disclosure.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { IdempotencyKey } from '../../../server/platform/idempotency/idempotency-key.entity.js'
import { NOON, openVillage, PHONES, type Village } from '../../support/village.js'
import { refusalIn } from '../bad-input/refusal.js'

describe('full numbers are never answered from what was kept', () => {
  let village: Village
  beforeAll(async () => {
    village = await openVillage()
  })
  afterAll(() => village.world.close())

  it('asked again under the same key: allowed anew, recorded anew, and refused once the branch was taken away', async () => {
    const { world, dongling, hexi, members } = village
    await world.person('o-secretary-of-two-00000', '19960088888')
    const accountId = await world.county.account('o-secretary-of-two-00000')
    await world.county.grant(accountId, 'secretary', dongling)
    await world.county.grant(accountId, 'secretary', hexi)
    const secretary = await world.signIn('o-secretary-of-two-00000')
    const key = newId()
    const ask = (memberId: string) =>
      secretary
        .post(`/members/${memberId}/disclosures`, { reason: '打电话通知开会' })
        .set('idempotency-key', key)
    const recorded = () => world.database.repository(Disclosure).countBy({ memberId: members.wang.id })

    for (const times of [1, 2]) {
      const { body } = await ask(members.wang.id).expect(201)
      expect((body as MemberDisclosure).phone).toBe(PHONES.wang)
      expect(await recorded()).toBe(times)
    }
    expect(await world.database.repository(IdempotencyKey).countBy({ accountId })).toBe(0)

    await world.database.execute('UPDATE access_grant SET revokedAt = ? WHERE accountId = ? AND nodeId = ?', [
      NOON,
      accountId,
      dongling.id,
    ])
    world.forgetTokens(accountId)
    expect(refusalIn(await ask(members.wang.id)).status).toBe(404)
    expect(await recorded()).toBe(2)
    // Still a secretary, of the other branch.
    await ask(members.lyu.id).expect(201)
  })
})
