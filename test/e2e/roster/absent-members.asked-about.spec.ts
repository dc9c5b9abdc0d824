import type { AbsentMember, AbsentMemberPage } from '../../../server/contracts/organization/roster-import.js'
import { openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line } from './import-desk.js'

describe('a roster that does not name somebody asks about them, and does nothing by itself', () => {
  let village: Village
  let desk: ImportDesk
  let importId: string

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
  })
  afterAll(() => village.world.close())

  /** All who are asked about, page by page. */
  const asked = async (id: string, limit = 100): Promise<AbsentMember[]> => {
    const found: AbsentMember[] = []
    for (let cursor = ''; ;) {
      const path = `/roster-imports/${id}/absences?limit=${limit}${cursor && `&cursor=${cursor}`}`
      const { items, next } = (await desk.officer.get(path).expect(200)).body as AbsentMemberPage
      found.push(...items)
      if (next === null) return found
      cursor = encodeURIComponent(next)
    }
  }
  const names = (members: AbsentMember[]) => members.map(({ name }) => name)
  const of = (person: keyof Village['members'], changes = {}) => {
    const { name, idNumber } = village.members[person]
    return line(name, { 公民身份号码: idNumber, 性别: null, 出生日期: null, ...changes })
  }

  it('asks about nobody before the import is done, then about those of its units only', async () => {
    const laid = await desk.lay([
      line('樊长河'),
      of('he', { 联系电话: null }),
      // Refused for its telephone; the file names him all the same.
      of('li', { 联系电话: '不详' }),
      // Of the other branch nobody is named, so nobody there is asked about.
    ])
    importId = laid.id
    expect(laid.absentCount).toBeNull()
    expect(await asked(importId)).toEqual([])
    const done = await desk.carryOut(importId)
    expect(names(await asked(importId, 2)).sort()).toEqual(
      ['刘德厚', '刘桂英', '孙小梅', '王秀兰', '陈晓霞'].sort(),
    )
    expect(done).toMatchObject({ state: 'done', absentCount: 5 })
    expect((await asked(importId))[0]).toMatchObject({ unitName: '东岭村党支部', inUnitSince: '2020-01-01' })
  })

  it('who belongs to the unit is asked about once, and stays as they are', async () => {
    const { id } = village.members.chen
    const answer = () => desk.officer.post(`/roster-imports/${importId}/absences/${id}/answer`)
    expect((await answer().expect(201)).body).toMatchObject({ absentCount: 4 })
    await answer().expect(404)
    expect(names(await asked(importId))).not.toContain('陈晓霞')
    const { body } = await desk.officer.get(`/members/${id}`).expect(200)
    expect(body).toMatchObject({ standing: 'normal', unitName: '东岭村党支部' })
  })

  it('of whom something is recorded is asked about no more', async () => {
    const fact = { reason: '核对花名册', fromOn: '2026-11-10' }
    const { dehou, sun } = village.members
    await desk.officer
      .post(`/members/${dehou.id}/facts`, { ...fact, kind: 'standing', value: 'died' })
      .expect(201)
    await desk.officer
      .post(`/members/${sun.id}/facts`, { ...fact, kind: 'unit', value: village.hexi.id })
      .expect(201)
    expect(names(await asked(importId)).sort()).toEqual(['刘桂英', '王秀兰'].sort())
  })

  it('another import asks anew', async () => {
    const { id } = await desk.import([line('樊玉芳')])
    expect(names(await asked(id))).toContain('陈晓霞')
  })

  it('answers about somebody else, or in the import of somebody else, are refused', async () => {
    const path = `/roster-imports/${importId}/absences`
    await desk.officer.post(`${path}/${village.members.lyu.id}/answer`).expect(404)
    await (await village.as('li')).post(`${path}/${village.members.wang.id}/answer`).expect(403)
  })
})
