import type { Timeline } from '../../../server/contracts/home/member-page.js'
import { openVillage, type Village } from '../../support/village.js'

describe('the timeline of a member', () => {
  let village: Village

  beforeAll(async () => {
    village = await openVillage()
  })
  afterAll(() => village.world.close())

  it('tells what each feature knows, newest first', async () => {
    const { wang } = village.members
    const { items } = (await (await village.as('li')).get(`/members/${wang.id}/timeline`).expect(200))
      .body as Timeline
    expect(items).toEqual([
      { on: '2026-11-21', text: '微信绑定由支部确认' },
      { on: '2020-01', text: '党费核定：离退休，每月 19.30 元' },
      { on: '1975-05-04', text: '转为正式党员' },
      { on: '1974-05-04', text: '支部大会通过入党' },
    ])
  })

  it('is nobody else’s to read', async () => {
    const { wang } = village.members
    await (await village.as('zhao')).get(`/members/${wang.id}/timeline`).expect(404)
    await (await village.as('wang')).get(`/members/${wang.id}/timeline`).expect(403)
  })
})
