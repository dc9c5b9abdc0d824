import { EventRecord } from '../../../server/platform/audit/event.entity.js'
import { openVillage, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { accountOf, claimAs, claimsSeenBy, newClaim, problemIn } from './claims.js'

describe('a second claim on a member is refused in words, and the branch sees the attempt', () => {
  let village: Village
  let li: Caller
  let stranger: Caller

  beforeAll(async () => {
    village = await openVillage()
    li = await village.as('li')
    stranger = await village.as('stranger')
  })
  afterAll(() => village.world.close())

  const tries = async (phone: string) => {
    const answer = await claimAs(village, stranger, 'stranger', phone)
    expect(answer.status).toBe(409)
    expect(problemIn(answer)).toMatchObject({
      code: 'binding.already-claimed',
      message: '这名党员已经由另一个微信号绑定或正在等待确认。我们已告诉支部书记，请与书记联系。',
    })
  }

  it('on a member who is bound', async () => {
    await tries(PHONES.chen)
    const attempts = await claimsSeenBy(li, 'refused')
    expect(attempts).toMatchObject([
      {
        memberName: '陈晓霞',
        phone: '199****0002',
        state: 'refused',
        can: { confirm: false, reject: false, undo: false },
      },
    ])
  })

  it('on a member whose claim still waits: the first one goes on waiting', async () => {
    const { claim } = await newClaim(village, 'sun')
    await tries(PHONES.sun)
    expect((await claimsSeenBy(li)).map(({ id }) => id)).toEqual([claim.id])
    expect((await claimsSeenBy(li, 'refused')).map(({ memberName }) => memberName)).toEqual([
      '孙小梅',
      '陈晓霞',
    ])
  })

  it('also when the name was asked first', async () => {
    const { caller, claim } = await newClaim(village, 'guiying')
    await caller.post(`/bindings/${claim.id}/name`, { name: '刘桂英' }).expect(201)

    const theirs = await newClaim(village, 'stranger', PHONES.couple)
    const named = await theirs.caller
      .post(`/bindings/${theirs.claim.id}/name`, { name: '刘桂英' })
      .expect(409)
    expect(problemIn(named).code).toBe('binding.already-claimed')
    const [latest] = await claimsSeenBy(li, 'refused')
    expect(latest).toMatchObject({ id: theirs.claim.id, memberName: '刘桂英' })
  })

  it('the attempt binds nobody, leaves no claim behind, and may be followed by a true one', async () => {
    expect(await accountOf(stranger)).toMatchObject({ membership: null, binding: null })
    await stranger.get('/me/bills').expect(403)
    expect((await claimAs(village, stranger, 'stranger', PHONES.couple)).status).toBe(201)
  })

  it('an attempt cannot be confirmed', async () => {
    const [attempt] = await claimsSeenBy(li, 'refused')
    const answer = await li.post(`/bindings/${attempt?.id}/confirmation`).expect(409)
    expect(problemIn(answer).code).toBe('binding.decided-meanwhile')
  })

  it('the record of what happened names each attempt by ids alone', async () => {
    const events = await village.world.database.repository(EventRecord).findBy({ name: 'binding.refused' })
    expect(events).toHaveLength(3)
    for (const { actorId, unitId, data } of events) {
      expect(unitId).toBe(village.dongling.id)
      expect(actorId).toBe((await accountOf(stranger)).id)
      expect(data).toEqual({})
    }
  })
})
