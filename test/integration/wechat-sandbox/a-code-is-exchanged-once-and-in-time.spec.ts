import { CHEN, LIU, SandboxFixture } from './sandbox-fixture.js'

const MINUTES = 60_000

describe('a code is exchanged once and in time', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
  })
  afterAll(() => fixture.stop())

  type Json = Record<string, unknown>

  async function session(changes: Record<string, string | undefined>): Promise<Json> {
    const { appid, appSecret } = fixture.sandbox.credentials()
    const all = { appid, secret: appSecret, grant_type: 'authorization_code', ...changes }
    const query = new URLSearchParams(
      Object.entries(all).filter((entry): entry is [string, string] => !!entry[1]),
    )
    const response = await fetch(`${fixture.sandbox.baseUrl}/sns/jscode2session?${query.toString()}`)
    return (await response.json()) as Json
  }

  async function post(path: string, body: string): Promise<Json> {
    const response = await fetch(fixture.sandbox.baseUrl + path, { method: 'POST', body })
    return (await response.json()) as Json
  }

  async function token(changes: Json = {}): Promise<Json> {
    const { appid, appSecret } = fixture.sandbox.credentials()
    const body = { grant_type: 'client_credential', appid, secret: appSecret, ...changes }
    return post('/cgi-bin/stable_token', JSON.stringify(body))
  }

  async function phone(code: string, changes: Json = {}, accessToken?: unknown): Promise<Json> {
    const chosen = accessToken ?? (await token())['access_token']
    const path = `/wxa/business/getuserphonenumber?access_token=${String(chosen)}`
    return post(path, JSON.stringify({ code, ...changes }))
  }

  it('turns a login code into an openid and a session key, once', async () => {
    const js_code = await fixture.sandbox.control.loginCode(CHEN)
    const first = await session({ js_code })
    expect(first).toEqual({ openid: CHEN, session_key: expect.stringMatching(/^[\w+/]{22}==$/) })
    expect(await session({ js_code })).toMatchObject({ errcode: 40029 })
  })

  it('refuses an expired login code', async () => {
    const js_code = await fixture.sandbox.control.loginCode(CHEN)
    fixture.advanceMs += 5 * MINUTES
    expect(await session({ js_code })).toMatchObject({ errcode: 40029 })
  })

  it.each([
    ['a wrong secret', { secret: 'wrong' }, 40125],
    ['a wrong appid', { appid: 'wx0' }, 40013],
    ['no code', { js_code: undefined }, 41008],
    ['a code that never was', { js_code: '__proto__' }, 40029],
  ])('answers %s with its errcode and does not use the code up', async (_what, changes, errcode) => {
    const js_code = await fixture.sandbox.control.loginCode(CHEN)
    expect(await session({ js_code, ...changes })).toMatchObject({ errcode })
    expect(await session({ js_code })).toMatchObject({ openid: CHEN })
  })

  it('never lets a login code stand for a phone code or the other way round', async () => {
    const loginCode = await fixture.sandbox.control.loginCode(CHEN)
    const phoneCode = await fixture.sandbox.control.phoneCode(CHEN)
    expect(await phone(loginCode)).toMatchObject({ errcode: 40029 })
    expect(await session({ js_code: phoneCode })).toMatchObject({ errcode: 40029 })
    expect(await phone(phoneCode)).toMatchObject({ errcode: 0 })
  })

  it('tells the phone number once, with the country code as a number', async () => {
    const code = await fixture.sandbox.control.phoneCode(CHEN)
    const told = await phone(code)
    const { appid } = fixture.sandbox.credentials()
    expect(told['phone_info']).toEqual({
      phoneNumber: '13800000001',
      purePhoneNumber: '13800000001',
      countryCode: 86,
      watermark: { timestamp: expect.any(Number), appid },
    })
    expect(await phone(code)).toMatchObject({ errcode: 40029 })
  })

  it('refuses an expired phone code, and one that belongs to somebody else', async () => {
    const code = await fixture.sandbox.control.phoneCode(LIU, '13900000002')
    expect((await phone(code, { openid: CHEN }))['errcode']).not.toBe(0)
    fixture.advanceMs += 5 * MINUTES
    expect(await phone(code)).toMatchObject({ errcode: 40029 })
  })

  it('answers a body that is not JSON with 47001', async () => {
    expect(await post('/cgi-bin/stable_token', 'grant_type=client_credential')).toMatchObject({
      errcode: 47001,
    })
    const { access_token } = await token()
    const path = `/wxa/business/getuserphonenumber?access_token=${String(access_token)}`
    expect(await post(path, 'code')).toMatchObject({ errcode: 47001 })
  })

  it('checks appid and secret before it gives a token', async () => {
    expect(await token({ secret: 'wrong' })).toMatchObject({ errcode: 40125 })
    expect(await token({ appid: 'wx0' })).toMatchObject({ errcode: 40013 })
  })

  it('gives the same token until five minutes before its end, and then both are valid', async () => {
    const first = await token({ force_refresh: true })
    expect(first).toEqual({ access_token: expect.stringMatching(/^\w{512}$/), expires_in: 7200 })
    fixture.advanceMs += 114 * MINUTES
    expect((await token())['access_token']).toBe(first['access_token'])
    fixture.advanceMs += 2 * MINUTES
    const second = await token()
    expect(second['access_token']).not.toBe(first['access_token'])
    const code = await fixture.sandbox.control.phoneCode(CHEN)
    expect(await phone(code, {}, first['access_token'])).toMatchObject({ errcode: 0 })
  })

  it('tells an expired token from an invalid one', async () => {
    const { access_token } = await token()
    fixture.advanceMs += 120 * MINUTES
    expect(await phone('any', {}, access_token)).toMatchObject({ errcode: 42001 })
    expect(await phone('any', {}, 'nonsense')).toMatchObject({ errcode: 40001 })
  })

  it('invalidates the old token on a forced refresh, and limits how often that is done', async () => {
    fixture.advanceMs += MINUTES
    const old = await token()
    const fresh = await token({ force_refresh: true })
    expect(await phone('any', {}, old['access_token'])).toMatchObject({ errcode: 40001 })
    expect(await phone('any', {}, fresh['access_token'])).toMatchObject({ errcode: 40029 })
    expect(await token({ force_refresh: true })).toMatchObject({ errcode: 45009 })
  })

  it('can be told to invalidate every token', async () => {
    const { access_token } = await token()
    await fixture.sandbox.control.revokeAccessTokens()
    expect(await phone('any', {}, access_token)).toMatchObject({ errcode: 40001 })
  })
})
