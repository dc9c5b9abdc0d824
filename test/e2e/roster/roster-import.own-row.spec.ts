import { newId } from '../../../server/platform/database/ids.js'
import { OPENIDS, openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line, type Line } from './import-desk.js'

const IN_WORDS = {
  heading: '公民身份号码',
  reason: '这一行会改动您自己的资料，不能由您自己导入，请由上级或另一位管理员导入这一行',
}

describe('an officer imports a roster on which the officer stands', () => {
  let village: Village
  let desk: ImportDesk
  let colleague: ImportDesk
  let own: Line

  beforeAll(async () => {
    village = await openVillage()
    const { world, committee } = village
    const { county } = world
    const openid = `o-${newId()}`
    await world.person(openid)
    await county.grant(await county.account(openid), 'dues-officer', committee)
    colleague = new ImportDesk(world, await world.signIn(openid))
    own = line('周敏')
    await colleague.import([own])
    const { id, unitId, name, idNumber, phone } = await colleague.memberOf(own)
    const [account] = await world.database.query<{ id: string }>('SELECT id FROM account WHERE openid = ?', [
      OPENIDS.zhou,
    ])
    await county.bind(account?.id ?? '', { id, unitId, name, idNumber, phone })
    desk = new ImportDesk(world, await village.as('zhou'))
  })
  afterAll(() => village.world.close())

  it.each<[string, Line]>([
    ['telephone', { 联系电话: '19987654321' }],
    ['dues class', { 党费类别: '农民', 计算基数: '' }],
    ['base', { 计算基数: 3000 }],
    ['category', { 人员类别: '预备党员', 转正日期: '' }],
    ['branch', { 所在党支部: '河西村党支部' }],
  ])(
    'another %s of one’s own is refused in words, and the rest of the file is imported',
    async (_, cells) => {
      const before = await desk.memberOf(own)
      const paid = await desk.assessmentsOf(before.id)
      const other = line('钱伯安')
      const { id } = await desk.lay([{ ...own, ...cells }, other])
      expect(await desk.rows(id, 'refused')).toMatchObject([
        { name: '周敏', problems: [IN_WORDS], changes: [] },
      ])
      await desk.carryOut(id)
      expect(await desk.memberOf(own)).toEqual(before)
      expect(await desk.assessmentsOf(before.id)).toEqual(paid)
      expect((await desk.memberOf(other)).name).toBe('钱伯安')
    },
  )

  it('a row that changes nothing is a row like others', async () => {
    expect((await desk.lay([own])).counts).toMatchObject({ total: 1, same: 1, refused: 0 })
  })

  it('found when the name of the branch is matched, it is refused as well', async () => {
    const { id } = await desk.lay([{ ...own, 计算基数: 3000, 所在党支部: '东岭支部' }])
    const matched = await desk.match(id, [{ name: '东岭支部', unitId: village.dongling.id }])
    expect(matched.counts).toMatchObject({ changed: 0, refused: 1 })
    expect(await desk.rows(id)).toMatchObject([{ problems: [IN_WORDS] }])
  })

  it('what a colleague has uploaded, the officer carries out for all but oneself', async () => {
    const before = await desk.memberOf(own)
    const other = line('冯志远')
    const { id } = await colleague.lay([{ ...own, 联系电话: '19987654321', 计算基数: 3000 }, other])
    expect(await colleague.find(id)).toMatchObject({ counts: { changed: 1, refused: 0 }, tickedCount: 1 })
    await desk.carryOut(id)
    expect(await desk.rows(id, 'refused')).toMatchObject([{ name: '周敏', problems: [IN_WORDS] }])
    expect(await desk.memberOf(own)).toEqual(before)
    expect((await desk.memberOf(other)).name).toBe('冯志远')
  })

  it('the colleague changes it; the number of somebody who holds a role waits for a third person', async () => {
    const before = await desk.memberOf(own)
    await colleague.import([{ ...own, 联系电话: '19987654321', 计算基数: 3000 }])
    const { id, phone } = await desk.memberOf(own)
    expect(phone).toBe(before.phone)
    expect((await desk.assessmentsOf(id)).at(-1)?.baseFen).toBe(300_000)
  })
})
