import { keepPictures } from '../../support/browser-pictures.js'
import { screenshotOnFailure, seriousViolations } from '../../support/browser.js'
import { Demonstration, type DemonstrationPersonId, type Phone } from '../../support/demonstration.js'
import { openDecisions } from './second-person.js'

const SLOW = 60_000

describe('the telephone of somebody who is bound is changed by two people, and she sees it', () => {
  let demonstration: Demonstration
  let phone: Phone | undefined

  beforeAll(async () => {
    demonstration = await Demonstration.open()
  }, SLOW)
  afterAll(() => demonstration.close())
  afterEach(async () => {
    const errors = phone?.errors ?? []
    await phone?.close()
    phone = undefined
    expect(errors).toEqual([])
  })

  const story = (name: string, person: DemonstrationPersonId, play: (phone: Phone) => Promise<void>) =>
    it(
      name,
      screenshotOnFailure(
        () => phone?.page,
        async () => {
          phone = await demonstration.phoneOf(person)
          await play(phone)
        },
      ),
      SLOW,
    )

  async function look(p: Phone, name: string): Promise<void> {
    expect(await keepPictures(p.page, name)).toEqual([])
    expect(await seriousViolations(p.page)).toEqual([])
  }

  story('the secretary enters the new number', 'secretary', async (p) => {
    await p.text('管理').waitFor()
    p.hand.reset()
    await p.hand.tap('管理')
    await p.hand.tap(p.text('党员花名册'))
    await p.hand.tap(p.text('陈晓霞'))
    await p.hand.tap(p.button('更换手机号'))
    await p.hand.tap(p.button(/^提交$/))
    await p.text('应是 11 位手机号').waitFor()
    await look(p, 'change-phone-missing')
    await p.hand.type(p.page.getByPlaceholder('11 位手机号'), '19990007788')
    await p.hand.type(p.page.getByPlaceholder('例如：换了号码'), '换了号码')
    await look(p, 'change-phone')
    await p.hand.tap(p.button(/^提交$/))
    await p.text('知道了').waitFor()
    await look(p, 'change-phone-sent')
    await p.hand.tap('知道了')
    await p.button('更换手机号').waitFor()
    expect(p.hand.taps).toBe(7)
  })

  story('the officer agrees', 'officer', async (p) => {
    await p.text('管理').waitFor()
    p.hand.reset()
    await openDecisions(p)
    await p.text('陈晓霞更换手机号').waitFor()
    await look(p, 'approvals-phone')
    await p.hand.tap(p.button(/^同意/))
    await p.text('已同意').waitFor()
    expect(p.hand.taps).toBe(3)
  })

  story('the member reads who asked and who agreed', 'member', async (p) => {
    await p.text('我的').waitFor()
    p.hand.reset()
    await p.hand.tap('我的')
    await p.hand.tap(p.text('关于我的申请'))
    await p.text('已同意').waitFor()
    await p.text(/周敏，.*决定/).waitFor()
    await look(p, 'my-approvals')
    expect(p.hand.taps).toBe(2)
  })
})
