import type { GenerationPreview } from '../../../server/contracts/organization/generation.js'
import type { MemberPage } from '../../../server/contracts/home/member-page.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

describe('Who cannot be billed, because nobody has assessed them, is found by name', () => {
  let village: Village
  let zhou: Caller

  beforeAll(async () => {
    village = await openVillage()
    const { county } = village.world
    await county.member(village.dongling, { name: '丁未定', duesClass: 'wage' })
    await county.member(village.hexi, { name: '曾未定', duesClass: 'retired' })
    await county.member(village.hexi, { name: '农未定', duesClass: 'farmer' })
    await county.member(village.hexi, { name: '曾将来', duesClass: 'wage', joinedOn: '2026-12-05' })
    zhou = await village.as('zhou')
  })
  afterAll(() => village.world.close())

  const missing = async (caller: Caller, query = '') =>
    (await caller.get(`/members?assessment=missing${query}`).expect(200)).body as MemberPage
  const names = ({ items }: MemberPage) => items.map(({ name }) => name)

  it('they are as many as the preview of the bills says, and nobody who owes a fixed amount or nothing yet', async () => {
    const preview = (await zhou.get('/dues-generations/preview?month=2026-11').expect(200))
      .body as GenerationPreview
    const page = await missing(zhou)
    expect(names(page)).toEqual(expect.arrayContaining(['丁未定', '曾未定']))
    expect(names(page)).not.toContain('农未定')
    expect(names(page)).not.toContain('曾将来')
    expect(page.items).toHaveLength(preview.missingAssessmentCount)
  })

  it('page by page, by a part of the name, and within the scope', async () => {
    const all = names(await missing(zhou))
    const first = await missing(zhou, '&limit=1')
    const next = encodeURIComponent(first.next ?? '')
    expect([...names(first), ...names(await missing(zhou, `&cursor=${next}`))]).toEqual(all)
    expect(names(await missing(zhou, `&q=${encodeURIComponent('曾')}`))).toEqual(['曾未定'])
    expect(names(await missing(await village.as('li')))).toEqual(['丁未定'])
  })

  it('once assessed, a member is no longer among them', async () => {
    const found = (await missing(zhou)).items.find(({ name }) => name === '丁未定')
    const assessment = { fromMonth: '2026-11', duesClass: 'wage', baseFen: 400_000, reason: '工资条核定' }
    await zhou.post(`/members/${found?.id}/assessments`, { ...assessment, baseFen: 0 }).expect(400)
    expect(names(await missing(zhou))).toContain('丁未定')
    await zhou.post(`/members/${found?.id}/assessments`, assessment).expect(201)
    expect(names(await missing(zhou))).not.toContain('丁未定')
  })
})
