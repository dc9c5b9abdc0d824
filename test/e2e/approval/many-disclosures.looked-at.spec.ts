import type {
  DisclosedMemberPage,
  DisclosureAlertList,
} from '../../../server/contracts/organization/disclosure-alert.js'
import type { Today } from '../../../server/contracts/home/today.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { problemIn } from '../binding/claims.js'

describe('more than 30 readings of full numbers in an hour are looked at by the unit above', () => {
  let village: Village
  let li: Caller
  let zhou: Caller

  beforeAll(async () => {
    village = await openVillage()
    li = await village.as('li')
    zhou = await village.as('zhou')
  })
  afterAll(() => village.world.close())

  const read = async (times: number): Promise<void> => {
    for (let count = 0; count < times; count++) {
      const { id } = count % 2 ? village.members.chen : village.members.wang
      await li.post(`/members/${id}/disclosures`, { reason: '打电话通知开会' }).expect(201)
    }
  }
  const alertsOf = async (caller: Caller) =>
    ((await caller.get('/disclosure-alerts').expect(200)).body as DisclosureAlertList).items
  const decisions = async (caller: Caller) =>
    ((await caller.get('/me/today').expect(200)).body as Today).tasks.flatMap((task) => task.decisions)

  it('thirty are quiet; the next stands before the officer above, and grows', async () => {
    await read(30)
    expect(await alertsOf(zhou)).toEqual([])
    await read(1)
    expect(await alertsOf(zhou)).toMatchObject([{ readerName: '李建国', count: 31 }])
    await read(2)
    expect(await alertsOf(zhou)).toMatchObject([{ count: 33 }])
    expect(await decisions(zhou)).toMatchObject([{ kind: 'disclosures', words: '1 次集中查看号码要过问' }])
  })

  it('with the members masked; the reader sees nothing of it, another branch neither', async () => {
    const [alert] = await alertsOf(zhou)
    const page = (await zhou.get(`/disclosure-alerts/${alert?.id}/members?limit=1`).expect(200))
      .body as DisclosedMemberPage
    expect(page.items).toMatchObject([
      { phone: expect.stringContaining('****') as string, reason: '打电话通知开会' },
    ])
    expect(page.next).not.toBeNull()
    for (const other of [li, await village.as('zhao')]) {
      expect(await alertsOf(other)).toEqual([])
      await other.get(`/disclosure-alerts/${alert?.id}/members`).expect(404)
    }
    const own = await li
      .post(`/disclosure-alerts/${alert?.id}/acknowledgement`, { remark: '没有问题' })
      .expect(409)
    expect(problemIn(own).code).toBe('access.about-yourself')
  })

  it('acknowledged with a remark, once', async () => {
    const [alert] = await alertsOf(zhou)
    await zhou.post(`/disclosure-alerts/${alert?.id}/acknowledgement`, {}).expect(400)
    const path = `/disclosure-alerts/${alert?.id}/acknowledgement`
    await zhou.post(path, { remark: '换届前核对电话，情况属实' }).expect(201)
    await zhou.post(path, { remark: '换届前核对电话，情况不实' }).expect(409)
    expect(await alertsOf(zhou)).toEqual([])
  })
})
