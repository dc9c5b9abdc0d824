import request from 'supertest'
import type { Device, DeviceList } from '../../../server/contracts/platform/device.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import type { Session } from '../../../server/contracts/platform/session.js'
import { PRIVACY_STATEMENT } from '../../../server/modules/privacy-statement.js'
import { Caller, World } from '../../support/world.js'

/** Saturday, 21 November 2026, noon in Shanghai. */
export const NOON = new Date('2026-11-21T12:00:00+08:00')
export const DAY_SECONDS = 86_400
/** As configured when nothing is said. */
export const ACCESS_SECONDS = 900

export const PEOPLE = { chen: 'o-chen-xiaoxia-00000000', lyu: 'o-lyu-yan-0000000000000' } as const

/** A world in which 陈晓霞 and 吕岩 have WeChat, access tokens last as long as in earnest, and time is turned by hand. */
export class PhoneShop {
  private constructor(
    readonly world: World,
    private now: Date,
  ) {}

  static async open(): Promise<PhoneShop> {
    const world = await World.open(NOON, { accessSeconds: ACCESS_SECONDS })
    for (const openid of Object.values(PEOPLE)) await world.person(openid)
    return new PhoneShop(world, NOON)
  }

  /** As on the first day: nobody has signed in yet. A world of its own for every story would take a second each. */
  async startAnew(): Promise<void> {
    for (const table of ['refresh_token', 'session', 'event']) {
      await this.world.database.execute(`DELETE FROM ${table}`)
    }
    this.now = NOON
    this.world.turnClockTo(NOON)
  }

  get time(): Date {
    return this.now
  }

  passMs(ms: number): void {
    this.now = new Date(this.now.getTime() + ms)
    this.world.turnClockTo(this.now)
  }

  passSeconds(seconds: number): void {
    this.passMs(seconds * 1000)
  }

  async signIn(person: keyof typeof PEOPLE, deviceName?: string): Promise<Session> {
    const code = await this.world.wechat.control.loginCode(PEOPLE[person])
    const answer = await request(this.world.baseUrl)
      .post('/api/v1/sessions')
      .send({ code, privacyVersion: PRIVACY_STATEMENT.version, ...(deviceName ? { deviceName } : {}) })
      .expect(201)
    return answer.body as Session
  }

  with({ accessToken, refreshToken }: Session, baseUrl = this.world.baseUrl): Caller {
    return new Caller(baseUrl, accessToken, refreshToken)
  }

  exchange(refreshToken: string, baseUrl = this.world.baseUrl): request.Test {
    return request(baseUrl).post('/api/v1/session-refreshes').send({ refreshToken })
  }

  /** Exchanges the token, which must succeed. */
  async renew({ refreshToken }: Session): Promise<Session> {
    return (await this.exchange(refreshToken).expect(201)).body as Session
  }

  /** Exchanges the token, which must be refused. @returns the code of the refusal */
  async refusal({ refreshToken }: Session): Promise<string> {
    return codeOf(await this.exchange(refreshToken).expect(401))
  }

  async devicesOf(session: Session): Promise<Device[]> {
    return ((await this.with(session).get('/me/devices').expect(200)).body as DeviceList).items
  }

  close(): Promise<void> {
    return this.world.close()
  }
}

export const codeOf = (answer: request.Response): string => (answer.body as Problem).code
