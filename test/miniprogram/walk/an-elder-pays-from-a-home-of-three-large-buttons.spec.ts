import { screenshotOnFailure, seriousViolations, smallestText } from '../../support/browser.js'
import { Demonstration, type Phone } from '../../support/demonstration.js'

const SLOW = 60_000

/** Of the browser, as far as it is watched here. */
interface Speaker {
  speechSynthesis: { speak: (utterance: { text: string }) => void }
}

/** 工信部《移动互联网应用(APP)适老化通用设计规范》: main text and touch targets in the elder view, in px. */
const LEAST_TEXT = 18
const LEAST_TARGET = 60

describe('an elder pays from a home of large buttons', () => {
  let demonstration: Demonstration
  let phone: Phone | undefined

  beforeAll(async () => {
    demonstration = await Demonstration.open()
  }, SLOW)
  afterAll(() => demonstration.close())
  afterEach(async () => {
    await phone?.close()
    phone = undefined
  })

  const story = (name: string, play: () => Promise<void>) =>
    it(
      name,
      screenshotOnFailure(() => phone?.page, play),
      SLOW,
    )

  story('everything is large enough to read and to touch, and the branch is one touch away', async () => {
    phone = await demonstration.phoneOf('elder')
    await phone.text('缴党费').waitFor()
    await phone.button(/打电话 0990-6120102/).waitFor()
    expect(await seriousViolations(phone.page)).toEqual([])
    expect(await smallestText(phone.page)).toBeGreaterThanOrEqual(LEAST_TEXT)
    for (const button of await phone.page.getByRole('button').filter({ visible: true }).all()) {
      const box = await button.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(LEAST_TARGET)
    }
  })

  story('the large button speaks', async () => {
    phone = await demonstration.phoneOf('elder')
    await phone.button(/^朗读：缴党费/).waitFor()
    const spoken = phone.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const { speechSynthesis } = globalThis as unknown as Speaker
          speechSynthesis.speak = ({ text }) => resolve(text)
        }),
    )
    await phone.button(/^朗读：缴党费/).tap()
    expect(await spoken).toMatch(/^缴党费。要缴 ¥\d+\.\d\d。$/)
  })

  story('two touches lead to the sheet of WeChat', async () => {
    phone = await demonstration.phoneOf('elder')
    await phone.text('缴党费').waitFor()
    phone.hand.reset()
    await phone.hand.tap('缴党费')
    await phone.hand.tap(phone.button(/^缴费/))
    await phone.button('支付').waitFor()
    expect(phone.hand.taps).toBeLessThanOrEqual(2)
    await phone.button('支付').tap()
    await phone.text('已缴').waitFor()
    expect(await smallestText(phone.page)).toBeGreaterThanOrEqual(LEAST_TEXT)
    await phone.hand.tap(phone.button('完成'))
    await phone.text('党费都缴清了').waitFor()
    expect(await phone.text('缴党费').count()).toBe(0)
  })

  story('there is a way back to the standard view, remembered by the server', async () => {
    phone = await demonstration.phoneOf('elder')
    await phone.hand.tap('返回标准版')
    await phone.text('要办的事').or(phone.text('我的支部')).first().waitFor()
    await phone.page.reload()
    await phone.text('我的支部').waitFor()
  })

  story('whoever has set large letters in WeChat is offered the view once', async () => {
    phone = await demonstration.phoneOf('member')
    await phone.text('去缴费').waitFor()
    await phone.page.goto('about:blank')
    await phone.page.goto('/app.html?person=secretary&fontScale=1.4')
    await phone.button('同意并继续').tap()
    await phone.text(/长辈版/).waitFor()
  })
})
