import type { OwnBinding } from '../../../server/contracts/organization/binding.js'
import { newId } from '../../../server/platform/database/ids.js'
import { openVillage, OPENIDS, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { accountOf, claimAs, claimsSeenBy, newClaim, problemIn, taskKinds } from './claims.js'

const REASON = { reason: '核对过了' }
const REQUEST_ID = 'the-same-for-both'

describe('another branch sees nothing of a claim, and nobody decides who should not', () => {
  let village: Village
  let claim: OwnBinding
  let confirmed: string

  beforeAll(async () => {
    village = await openVillage()
    ;({ claim } = await newClaim(village, 'sun'))
    await claimAs(village, await village.as('stranger'), 'stranger', PHONES.chen)
    const bound = await claimsSeenBy(await village.as('li'), 'confirmed')
    confirmed = bound.find(({ memberName }) => memberName === '陈晓霞')?.id ?? ''
  })
  afterAll(() => village.world.close())

  it('neither in the lists of its secretary nor in the count on the home page', async () => {
    const zhao = await village.as('zhao')
    expect(await claimsSeenBy(zhao, 'pending')).toEqual([])
    expect(await claimsSeenBy(zhao, 'refused')).toEqual([])
    const theirs = (await claimsSeenBy(zhao, 'confirmed')).map(({ memberName }) => memberName)
    expect(theirs.sort()).toEqual(['吕岩', '赵敏'])
    expect(await taskKinds(zhao)).not.toContain('decide')
  })

  it.each([
    ['confirmation', () => claim.id],
    ['rejection', () => claim.id],
    ['undoing', () => confirmed],
  ])(
    'its secretary gets for a %s byte for byte the answer of an id that does not exist',
    async (verb, id) => {
      const zhao = await village.as('zhao')
      const ask = (binding: string) =>
        zhao
          .post(`/bindings/${binding}/${verb}`, verb === 'confirmation' ? {} : REASON)
          .set('x-request-id', REQUEST_ID)
      const ours = await ask(id()).expect(404)
      const nobodys = await ask(newId()).expect(404)
      expect(ours.text).toBe(nobodys.text)
      expect({ ...ours.headers, date: '' }).toEqual({ ...nobodys.headers, date: '' })
    },
  )

  it.each(['gao', 'chen', 'stranger'] as const)('%s cannot decide at all', async (person) => {
    const caller = await village.as(person)
    for (const [verb, id] of [
      ['confirmation', claim.id],
      ['rejection', claim.id],
      ['undoing', confirmed],
    ] as const) {
      const answer = await caller
        .post(`/bindings/${id}/${verb}`, verb === 'confirmation' ? {} : REASON)
        .expect(403)
      expect(problemIn(answer).code).toBe('access.not-yours')
    }
    await caller.get('/bindings').expect(403)
  })

  it('after all that the claim still waits and the other still is bound', async () => {
    const li = await village.as('li')
    expect((await claimsSeenBy(li)).map(({ id }) => id)).toEqual([claim.id])
    expect((await claimsSeenBy(li, 'confirmed')).map(({ id }) => id)).toContain(confirmed)
  })
})

describe('a secretary does not vouch for themselves', () => {
  let village: Village
  let secretary: Caller
  let own: OwnBinding

  beforeAll(async () => {
    village = await openVillage()
    const { county } = village.world
    // Granted before being bound, as happens on the first day of a branch.
    await county.grant(await county.account(OPENIDS.sun), 'secretary', village.dongling)
    ;({ caller: secretary, claim: own } = await newClaim(village, 'sun'))
  })
  afterAll(() => village.world.close())

  it('their own claim is in the list, but not theirs to confirm or reject', async () => {
    const [waiting] = await claimsSeenBy(secretary)
    expect(waiting).toMatchObject({ id: own.id, can: { confirm: false, reject: false, undo: false } })
    expect(problemIn(await secretary.post(`/bindings/${own.id}/confirmation`).expect(409))).toMatchObject({
      code: 'access.about-yourself',
      message: '不能办理自己的绑定，请由上级或另一位管理员办理。',
    })
    const rejected = await secretary.post(`/bindings/${own.id}/rejection`, REASON).expect(409)
    expect(problemIn(rejected).code).toBe('access.about-yourself')
    expect((await accountOf(secretary)).membership).toBeNull()
  })

  it('the committee above confirms it', async () => {
    const zhou = await village.as('zhou')
    expect(await claimsSeenBy(zhou)).toMatchObject([{ id: own.id, can: { confirm: true } }])
    await zhou.post(`/bindings/${own.id}/confirmation`).expect(201)
    expect((await accountOf(secretary)).membership?.name).toBe('孙小梅')
  })
})
