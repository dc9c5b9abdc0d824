import { DEMONSTRATION_PEOPLE } from '../../../server/seeds/demonstration-people.js'
import { screenshotOnFailure, seriousViolations, smallestText } from '../../support/browser.js'
import { Demonstration, type Phone } from '../../support/demonstration.js'

const SLOW = 60_000
const MINUTE_MS = 60_000
/** 工信部《移动互联网应用(APP)适老化通用设计规范》: main text and touch targets in the elder view, in px. */
const LEAST_TEXT = 18
const LEAST_TARGET = 60

describe('a lost phone is signed out from another, and nobody notices how a session is renewed', () => {
  let demonstration: Demonstration
  const phones: Phone[] = []

  beforeAll(async () => {
    demonstration = await Demonstration.open()
  }, SLOW)
  afterAll(() => demonstration.close())
  afterEach(async () => {
    const errors = phones.flatMap((phone) => phone.errors)
    for (const phone of phones.splice(0)) await phone.close()
    expect(errors).toEqual([])
  })

  const story = (name: string, play: () => Promise<void>) =>
    it(
      name,
      screenshotOnFailure(() => phones.at(-1)?.page, play),
      SLOW,
    )
  const phoneOf = async (person: 'member' | 'elder') => {
    const phone = await demonstration.phoneOf(person)
    phones.push(phone)
    return phone
  }
  /** What the phone sends from now on, as `POST /session-refreshes`. */
  const sentBy = ({ page }: Phone): string[] => {
    const sent: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith('/api/v1/'))
        sent.push(`${request.method()} ${pathname.slice('/api/v1'.length)}`)
    })
    return sent
  }
  const count = (sent: string[], what: string) => sent.filter((line) => line === what).length

  story(
    'two taps to the list, two more and the other device is out; it says so, and can come back',
    async () => {
      const { world } = demonstration
      await world.signIn(DEMONSTRATION_PEOPLE.member.openid, 'HUAWEI TAS-AL00')
      const lost = await phoneOf('member')
      await lost.text('我的支部').waitFor()
      const kept = await phoneOf('member')
      await kept.text('我的支部').waitFor()

      kept.hand.reset()
      await kept.hand.tap('我的')
      await kept.hand.tap('登录的设备')
      await kept.text('正在用的这台').waitFor()
      expect(kept.hand.taps).toBe(2)
      await kept.button('退出：HUAWEI TAS-AL00').waitFor()
      expect(await seriousViolations(kept.page)).toEqual([])

      await kept.hand.tap(kept.button('退出：浏览器预览'))
      await kept.hand.tap(kept.button(/^退出$/))
      expect(kept.hand.taps).toBe(4)
      await kept.text('从别的设备上让它退出').waitFor()
      await kept.button('退出：HUAWEI TAS-AL00').waitFor()

      await lost.hand.tap('我的')
      await lost.text('您已退出登录').waitFor()
      await lost.text(/在另一台设备上让这台设备退出了登录/).waitFor()
      await lost.hand.tap(lost.button('重新登录'))
      await lost.text('我的支部').waitFor()
    },
  )

  story('all others at once, after being asked', async () => {
    const kept = await phoneOf('member')
    await kept.hand.tap('我的')
    await kept.hand.tap('登录的设备')
    await kept.hand.tap(kept.button(/^退出其他 \d+ 台设备/))
    await kept.hand.tap(kept.button('不退出'))
    await kept.hand.tap(kept.button(/^退出其他 \d+ 台设备/))
    await kept.hand.tap(kept.button(/^退出$/))
    await kept.text('没有别的设备登录。').waitFor()
    await kept.page.reload()
    await kept.text('没有别的设备登录。').waitFor()
  })

  story('in the elder view it is all large enough', async () => {
    const { world } = demonstration
    await world.signIn(DEMONSTRATION_PEOPLE.elder.openid, 'vivo V2324A')
    await world.signIn(DEMONSTRATION_PEOPLE.elder.openid, 'iPhone 15')
    const phone = await phoneOf('elder')
    await phone.hand.tap('我的')
    await phone.hand.tap('登录的设备')
    await phone.button('退出：iPhone 15').waitFor()
    expect(await smallestText(phone.page)).toBeGreaterThanOrEqual(LEAST_TEXT)
    for (const button of await phone.page.getByRole('button', { name: /^退出/ }).all()) {
      expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(LEAST_TARGET)
    }
    expect(await seriousViolations(phone.page)).toEqual([])
  })

  story('an access token that ran out is renewed once for all that is being loaded', async () => {
    const phone = await phoneOf('member')
    await phone.text('我的支部').waitFor()
    const sent = sentBy(phone)
    demonstration.world.turnClockTo(new Date(Date.now() + 16 * MINUTE_MS))
    await phone.page.reload()
    await phone.text('我的支部').waitFor()
    await phone.hand.tap('我的')
    await phone.text('陈晓霞').waitFor()
    expect([count(sent, 'POST /session-refreshes'), count(sent, 'POST /sessions')]).toEqual([1, 0])
    expect(count(sent, 'GET /me')).toBeGreaterThan(1)
  })

  story('a session that is gone is begun anew without a word', async () => {
    const phone = await phoneOf('member')
    await phone.text('我的支部').waitFor()
    const sent = sentBy(phone)
    const { world } = demonstration
    await world.database.execute('DELETE FROM refresh_token')
    world.turnClockTo(new Date(Date.now() + 32 * MINUTE_MS))
    await phone.hand.tap('我的')
    await phone.text('陈晓霞').waitFor()
    expect([count(sent, 'POST /session-refreshes'), count(sent, 'POST /sessions')]).toEqual([1, 1])
  })

  story('signing out ends the session on the server, also when the access token had run out', async () => {
    const phone = await phoneOf('member')
    await phone.hand.tap('我的')
    await phone.button('退出登录').waitFor()
    const { world } = demonstration
    world.turnClockTo(new Date(Date.now() + 48 * MINUTE_MS))
    await phone.hand.tap(phone.button('退出登录'))
    await phone.text('您已退出登录').waitFor()
    const [row] = await world.database.query<{ endedBecause: string | null }>(
      'SELECT endedBecause FROM session ORDER BY startedAt DESC, id DESC LIMIT 1',
    )
    expect(row).toEqual({ endedBecause: 'signed-out' })
  })
})
