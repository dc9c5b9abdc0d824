import { openVillage, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { accountOf, claimAs, claimsSeenBy, newClaim, problemIn } from './claims.js'

describe('when two act at the same instant, exactly one wins', () => {
  let village: Village
  let li: Caller

  beforeAll(async () => {
    village = await openVillage()
    li = await village.as('li')
  })
  afterAll(() => village.world.close())

  const statuses = (answers: Array<{ status: number }>) => answers.map(({ status }) => status).sort()

  it('two accounts claim one member: one waits, the other is told, the branch sees both', async () => {
    const [sun, stranger] = await Promise.all([village.as('sun'), village.as('stranger')])
    const answers = await Promise.all([
      claimAs(village, sun, 'sun'),
      claimAs(village, stranger, 'stranger', PHONES.sun),
    ])
    expect(statuses(answers)).toEqual([201, 409])
    expect(answers.map((answer) => problemIn(answer).code)).toContain('binding.already-claimed')
    expect(await claimsSeenBy(li)).toHaveLength(1)
    expect(await claimsSeenBy(li, 'refused')).toHaveLength(1)
  })

  it.each([
    ['twice yes', 'confirmation', 'confirmation'],
    ['yes and no', 'confirmation', 'rejection'],
  ])('two decisions on one claim (%s): the second is told that it is decided', async (_, one, other) => {
    const [waiting] = await claimsSeenBy(li)
    const answers = await Promise.all(
      [one, other].map((verb) =>
        li.post(`/bindings/${waiting?.id}/${verb}`, verb === 'rejection' ? { reason: '核对不上' } : {}),
      ),
    )
    expect(statuses(answers)).toEqual([201, 409])
    expect(answers.map((answer) => problemIn(answer).code)).toContain('binding.decided-meanwhile')
    expect(await claimsSeenBy(li)).toEqual([])
    const bound = (await claimsSeenBy(li, 'confirmed')).find(({ id }) => id === waiting?.id)
    // By another person: who undid it could not confirm the next claim.
    const zhou = await village.as('zhou')
    if (bound) await zhou.post(`/bindings/${bound.id}/undoing`, { reason: '从头再来' }).expect(201)
    await newClaim(village, 'sun')
  })

  it('a decision and the withdrawal of the claim: the membership is there or it is not', async () => {
    const [waiting] = await claimsSeenBy(li)
    const sun = await village.as('sun')
    const [confirmed, withdrawn] = await Promise.all([
      li.post(`/bindings/${waiting?.id}/confirmation`),
      sun.delete(`/bindings/${waiting?.id}`),
    ])
    const { membership } = await accountOf(sun)
    expect(membership !== null).toBe(confirmed.status === 201)
    expect(withdrawn.status === 204).toBe(confirmed.status === 409)
  })

  it('a button touched twice is one claim, and no attempt of somebody else', async () => {
    const attemptsBefore = await claimsSeenBy(li, 'refused')
    const guiying = await village.as('guiying')
    const shared = await Promise.all([1, 2].map(() => claimAs(village, guiying, 'guiying')))
    expect(statuses(shared).at(0)).toBe(201)
    expect(statuses(shared).at(1)).toBeLessThan(500)

    const stranger = await village.as('stranger')
    await village.world.county.member(village.dongling, { name: '马红梅', phone: '19990010088' })
    const alone = await Promise.all([1, 2].map(() => claimAs(village, stranger, 'stranger', '19990010088')))
    expect(statuses(alone)).toEqual([201, 409])
    expect(alone.map((answer) => problemIn(answer).code)).toContain('binding.pending')
    expect(await claimsSeenBy(li, 'refused')).toHaveLength(attemptsBefore.length)
  })

  it('a name sent twice is one claim', async () => {
    const guiying = await village.as('guiying')
    const { binding } = await accountOf(guiying)
    const answers = await Promise.all(
      [1, 2].map(() => guiying.post(`/bindings/${binding?.id}/name`, { name: '刘桂英' })),
    )
    expect(statuses(answers).at(0)).toBe(201)
    expect([404, 409]).toContain(statuses(answers).at(1))
    const hers = (await claimsSeenBy(li)).filter(({ memberName }) => memberName === '刘桂英')
    expect(hers).toHaveLength(1)
    expect((await claimsSeenBy(li, 'refused')).map(({ memberName }) => memberName)).not.toContain('刘桂英')
  })

  it('one person signing in on two phones is one account', async () => {
    const openid = 'o-twice-at-once-00000000'
    await village.world.person(openid)
    const callers = await Promise.all([village.world.signIn(openid), village.world.signIn(openid)])
    const ids = await Promise.all(callers.map(async (caller) => (await accountOf(caller)).id))
    expect(new Set(ids).size).toBe(1)
  })
})
