import { BindingRecord } from '../../../server/modules/organization/bindings/binding.entity.js'
import { openVillage, OPENIDS, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { claimAs, claimIn, claimsSeenBy, problemIn } from './claims.js'

describe('a number that WeChat does not vouch for, or that no roster knows, binds nobody', () => {
  let village: Village
  let sun: Caller
  let bindings: number

  const stored = () => village.world.database.repository(BindingRecord).count()
  const phoneCode = (person: keyof typeof OPENIDS, phone?: string) =>
    village.world.wechat.control.phoneCode(OPENIDS[person], phone)

  beforeAll(async () => {
    village = await openVillage()
    sun = await village.as('sun')
    bindings = await stored()
  })
  afterAll(() => village.world.close())
  afterEach(async () => expect(await stored()).toBe(bindings))

  it('a number that is not on the roster', async () => {
    const answer = await claimAs(village, sun, 'sun', PHONES.stranger)
    expect(answer.status).toBe(400)
    expect(problemIn(answer)).toMatchObject({
      code: 'binding.not-on-roster',
      message: '花名册里没有这个手机号。请联系支部书记核对您登记的手机号，改好后再来绑定。',
    })
  })

  it('a code that was used already', async () => {
    const code = await phoneCode('stranger')
    const stranger = await village.as('stranger')
    await stranger.post('/bindings', { phoneCode: code }).expect(400)
    const again = await stranger.post('/bindings', { phoneCode: code }).expect(400)
    expect(problemIn(again)).toMatchObject({
      code: 'binding.phone-code-used',
      fields: [{ field: 'phoneCode', message: '已失效' }],
    })
  })

  it.each(['made up', '0'.repeat(64)])('the code “%s”, which WeChat never gave out', async (code) => {
    const answer = await sun.post('/bindings', { phoneCode: code }).expect(400)
    expect(problemIn(answer).code).toBe('binding.phone-code-used')
  })

  it('a login code in place of a phone code', async () => {
    const code = await village.world.wechat.control.loginCode(OPENIDS.sun)
    await sun.post('/bindings', { phoneCode: code }).expect(400)
  })

  it('a code that WeChat gave to another person, which stays good for its owner', async () => {
    const code = await phoneCode('guiying')
    const taken = await sun.post('/bindings', { phoneCode: code }).expect(400)
    expect(problemIn(taken).code).toBe('binding.phone-code-used')

    const guiying = await village.as('guiying')
    const own = await guiying.post('/bindings', { phoneCode: code }).expect(201)
    await guiying.delete(`/bindings/${claimIn(own).id}`).expect(204)
    bindings += 1
  })

  it('a telephone number in place of a code', async () => {
    const answer = await sun.post('/bindings', { phone: PHONES.sun }).expect(400)
    expect(
      problemIn(answer)
        .fields?.map(({ field }) => field)
        .sort(),
    ).toEqual(['phone', 'phoneCode'])
  })

  it('a number of another country, even with the same digits', async () => {
    const real = globalThis.fetch
    const spy = jest.spyOn(globalThis, 'fetch').mockImplementation(async (address, options) => {
      const answer = await real(address, options)
      if (typeof address !== 'string' || !address.includes('getuserphonenumber')) return answer
      const body = (await answer.json()) as { phone_info: object }
      return Response.json({ ...body, phone_info: { ...body.phone_info, countryCode: '852' } })
    })
    try {
      const answer = await claimAs(village, sun, 'sun')
      expect([answer.status, problemIn(answer).code]).toEqual([400, 'binding.foreign-number'])
    } finally {
      spy.mockRestore()
    }
  })

  it('while WeChat cannot be reached the person is told so, and the number is not guessed', async () => {
    const { control } = village.world.wechat
    const code = await phoneCode('sun')
    control.plan({ kind: 'down' })
    const answer = await sun.post('/bindings', { phoneCode: code })
    control.clearFaults()
    expect([answer.status, problemIn(answer).code]).toEqual([502, 'wechat.unreachable'])
  })

  it('none of it reached a branch', async () => {
    const li = await village.as('li')
    expect(await claimsSeenBy(li)).toEqual([])
    expect(await claimsSeenBy(li, 'refused')).toEqual([])
  })
})
