import { createHmac } from 'node:crypto'
import request from 'supertest'
import type { Account } from '../../../server/contracts/home/account.js'
import { newId } from '../../../server/platform/database/ids.js'
import { openVillage, type Village } from '../../support/village.js'
import { refusalIn } from '../bad-input/refusal.js'

const PER_ADDRESS = 30
const PER_ACCOUNT = 12

describe('asking too often is refused for a while', () => {
  let village: Village
  let baseUrl: string

  beforeAll(async () => {
    village = await openVillage(undefined, {
      configure: (config) => {
        config.limits = { perAddress: PER_ADDRESS, perAccount: PER_ACCOUNT }
        // The proxy of these stories is the test itself: it says who asked.
        config.trustedProxies = ['loopback']
      },
    })
    ;({ baseUrl } = village.world)
  })
  afterAll(() => village.world.close())

  /** The proxy hands a request on and adds the address that it saw, after whatever the client claimed. */
  const from = (address: string, test: request.Test, claimed?: string): request.Test =>
    test.set('x-forwarded-for', claimed === undefined ? address : `${claimed}, ${address}`)
  const statement = (address: string, claimed?: string) =>
    from(address, request(baseUrl).get('/api/v1/privacy-statement'), claimed)
  const me = (address: string, { token }: { token: string }) =>
    from(address, request(baseUrl).get('/api/v1/me').set('authorization', `Bearer ${token}`))
  const counted = async (budget: string) => {
    const { text } = await request(baseUrl).get('/metrics').expect(200)
    return Number(new RegExp(`zhibu_limited_requests_total{budget="${budget}"} (\\d+)`).exec(text)?.[1] ?? 0)
  }
  const useUp = async (most: number, ask: () => request.Test) => {
    const answers = await Promise.all(Array.from({ length: most }, ask))
    expect(answers.map(({ status }) => status)).not.toContain(429)
  }
  /** Everybody signs in before the stories: who is limited where must not depend on their order. */
  const signIn = (person: 'li' | 'chen' | 'wang' | 'sun' | 'zhou') => village.as(person)

  it('from one address: the answer says in words and in a header how long to wait', async () => {
    await useUp(PER_ADDRESS, () => statement('203.0.113.1'))
    const answer = await statement('203.0.113.1')
    const problem = refusalIn(answer)
    expect(problem).toMatchObject({ status: 429, code: 'request.too-many', title: 'Too Many Requests' })
    const seconds = Number(answer.headers['retry-after'])
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(problem.message).toBe(`操作太频繁了，请等 ${seconds} 秒再试。`)
    expect(await counted('address')).toBeGreaterThan(0)
    await statement('203.0.113.2').expect(200)
  })

  it('an address that the client writes into the header itself changes nothing', async () => {
    let forged = 0
    await useUp(PER_ADDRESS, () => statement('203.0.113.3', `198.51.100.${forged++}`))
    expect((await statement('203.0.113.3', '198.51.100.250')).status).toBe(429)
    await statement('198.51.100.0').expect(200)
  })

  it('another address of the same IPv6 network is the same caller', async () => {
    let host = 1
    await useUp(PER_ADDRESS, () => statement(`2001:db8:1:2::${(host++).toString(16)}`))
    expect((await statement('2001:db8:1:2:ffff::1')).status).toBe(429)
    await statement('2001:db8:1:3::1').expect(200)
  })

  it('addresses that lead nowhere are counted too', async () => {
    await useUp(PER_ADDRESS, () => from('203.0.113.4', request(baseUrl).get(`/${newId()}`)))
    expect((await statement('203.0.113.4')).status).toBe(429)
  })

  it('one person from several addresses, while others at the same address go on', async () => {
    const chen = await signIn('chen')
    const wang = await signIn('wang')
    let phone = 1
    await useUp(PER_ACCOUNT, () => me(`192.0.2.${phone++}`, chen))
    const refused = await me('192.0.2.100', chen)
    expect(refusalIn(refused)).toMatchObject({ status: 429, code: 'request.too-many' })
    await me('192.0.2.100', wang).expect(200)
    // A second sign-in of the same person is no second person.
    expect((await me('192.0.2.101', await signIn('chen'))).status).toBe(429)
  })

  it('nobody uses up what is another’s by writing their id into a token', async () => {
    const li = await signIn('li')
    const { id } = (await me('192.0.2.110', li).expect(200)).body as Account
    const forged = forgedToken(id)
    for (let n = 0; n < PER_ACCOUNT * 2; n++) await me('192.0.2.111', { token: forged }).expect(401)
    await me('192.0.2.110', li).expect(200)
  })

  it('what costs money has a smaller budget of its own', async () => {
    const sun = await signIn('sun')
    const claim = () =>
      from(
        '192.0.2.120',
        request(baseUrl).post('/api/v1/bindings').set('authorization', `Bearer ${sun.token}`),
      ).send({ phoneCode: 'of-nobody' })
    const before = village.world.wechat.control.requests(1000).length
    await useUp(10, claim)
    const refused = await claim()
    expect(refusalIn(refused).status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(100)
    expect(refusalIn(refused).message).toMatch(/请等 \d+ 分钟再试/)
    expect(await counted('phone-number')).toBe(1)
    const asked = village.world.wechat.control
      .requests(1000)
      .slice(before)
      .filter(({ path }) => path.includes('getuserphonenumber'))
    expect(asked.length).toBeLessThanOrEqual(10)
    await me('192.0.2.120', sun).expect(200)
  })

  it('HEAD costs what GET costs', async () => {
    const zhou = await signIn('zhou')
    const head = () =>
      from('192.0.2.130', request(baseUrl).head('/api/v1/me').set('authorization', `Bearer ${zhou.token}`))
    await useUp(PER_ACCOUNT, head)
    expect((await me('192.0.2.130', zhou)).status).toBe(429)
  })

  it('WeChat’s notifications and monitors are counted apart from everybody', async () => {
    await useUp(PER_ADDRESS, () => statement('203.0.113.9'))
    expect((await statement('203.0.113.9')).status).toBe(429)
    const notification = () =>
      from('203.0.113.9', request(baseUrl).post('/api/v1/payment-notifications/1900000109')).send({})
    // Not genuine, but looked at, every one of them.
    for (let n = 0; n < PER_ADDRESS * 2; n++) await notification().expect(401)
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      for (let n = 0; n < PER_ADDRESS; n++) await from('203.0.113.9', request(baseUrl).get(path)).expect(200)
    }
  })

  /** Everything right about it but the signature. */
  function forgedToken(accountId: string): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const exp = Math.floor(Date.now() / 1000) + 3600
    const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: accountId, sid: newId(), exp })}`
    return `${content}.${createHmac('sha256', 'a key of my own').update(content).digest('base64url')}`
  }
})

describe('where no proxy is trusted', () => {
  let village: Village
  let baseUrl: string
  beforeAll(async () => {
    village = await openVillage(undefined, {
      configure: (config) => {
        config.limits = { perAddress: PER_ADDRESS, perAccount: PER_ACCOUNT }
      },
    })
    ;({ baseUrl } = village.world)
  })
  afterAll(() => village.world.close())

  it('the header says nothing: a new address for every request does not dodge the limit', async () => {
    const ask = (address: string) =>
      request(baseUrl).get('/api/v1/privacy-statement').set('x-forwarded-for', address)
    const answers = []
    for (let n = 0; n <= PER_ADDRESS; n++) answers.push((await ask(`198.51.100.${n}`)).status)
    expect(answers.slice(0, PER_ADDRESS)).toEqual(answers.slice(0, PER_ADDRESS).map(() => 200))
    expect(answers[PER_ADDRESS]).toBe(429)
  })
})
