import type { OwnBinding } from '../../../server/contracts/organization/binding.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { accountOf, claimsSeenBy, newClaim, problemIn, taskKinds } from './claims.js'

describe('two members share one telephone, so the name is asked', () => {
  let village: Village
  let li: Caller
  let guiying: Caller
  let claim: OwnBinding

  beforeAll(async () => {
    village = await openVillage()
    li = await village.as('li')
    ;({ caller: guiying, claim } = await newClaim(village, 'guiying'))
  })
  afterAll(() => village.world.close())

  it('the number alone decides nothing: no branch is told, no branch is named', async () => {
    expect(claim).toMatchObject({ state: 'name-needed', unitName: null })
    expect(await accountOf(guiying)).toMatchObject({ binding: { id: claim.id, state: 'name-needed' } })
    expect(await taskKinds(guiying)).toEqual(['bind'])
    expect(await claimsSeenBy(li)).toEqual([])
  })

  it.each(['王秀兰', '刘', '刘桂英刘德厚', ' '])(
    'the name “%s” fits neither of the two, and is refused at its field',
    async (name) => {
      const answer = await guiying.post(`/bindings/${claim.id}/name`, { name }).expect(400)
      expect(problemIn(answer)).toMatchObject({
        code: 'binding.name-unknown',
        message: '用这个手机号登记的党员里没有这个姓名，请检查后再填。',
        fields: [{ field: 'name', message: '花名册里没有这个姓名，请写身份证上的全名，或联系支部书记' }],
      })
    },
  )

  it('nobody else can answer for her', async () => {
    const sun = await village.as('sun')
    await sun.post(`/bindings/${claim.id}/name`, { name: '刘桂英' }).expect(404)
    await li.post(`/bindings/${claim.id}/name`, { name: '刘桂英' }).expect(404)
  })

  it('her own name, with the spaces of a form, waits for the branch', async () => {
    const answer = await guiying.post(`/bindings/${claim.id}/name`, { name: ' 刘　桂 英' }).expect(201)
    expect(answer.body).toMatchObject({ id: claim.id, state: 'pending', unitName: '东岭村党支部' })
    expect(await claimsSeenBy(li)).toMatchObject([{ memberName: '刘桂英', phone: '199****0005' }])
    await guiying.post(`/bindings/${claim.id}/name`, { name: '刘德厚' }).expect(404)
  })

  it('the other of the two is still free', async () => {
    const { caller, claim: his } = await newClaim(village, 'stranger', '19990010005')
    await caller.post(`/bindings/${his.id}/name`, { name: '刘德厚' }).expect(201)
    const names = (await claimsSeenBy(li)).map(({ memberName }) => memberName)
    expect(names.sort()).toEqual(['刘德厚', '刘桂英'])
  })
})

describe('a name with a dot between its parts is typed in many ways', () => {
  let village: Village
  const SHARED = '19990010077'

  beforeAll(async () => {
    village = await openVillage()
    await village.world.county.member(village.dongling, { name: '阿卜杜热西提·买买提', phone: SHARED })
    await village.world.county.member(village.dongling, { name: '古丽仙·买买提', phone: SHARED })
  })
  afterAll(() => village.world.close())

  it.each(['阿卜杜热西提•买买提', '阿卜杜热西提 . 买买提', '阿卜杜热西提．买买提', '阿卜杜热西提・买买提'])(
    '“%s” is understood',
    async (name) => {
      const { caller, claim } = await newClaim(village, 'sun', SHARED)
      await caller.post(`/bindings/${claim.id}/name`, { name }).expect(201)
      const [waiting] = await claimsSeenBy(await village.as('li'))
      expect(waiting?.memberName).toBe('阿卜杜热西提·买买提')
      await caller.delete(`/bindings/${claim.id}`).expect(204)
    },
  )

  it('whatever the dot, no character may be missing', async () => {
    const { caller, claim } = await newClaim(village, 'sun', SHARED)
    await caller.post(`/bindings/${claim.id}/name`, { name: '阿卜杜热西·买买提' }).expect(400)
  })
})
