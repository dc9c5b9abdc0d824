import { screenshotOnFailure, seriousViolations, smallestText } from '../../support/browser.js'
import { Demonstration, type Phone } from '../../support/demonstration.js'

const SLOW = 60_000
/** 工信部《移动互联网应用(APP)适老化通用设计规范》: main text in the elder view, in px. */
const LEAST_TEXT = 18

describe('an elder asks on the phone that nothing is demanded of them', () => {
  let demonstration: Demonstration
  let phone: Phone | undefined

  beforeAll(async () => {
    demonstration = await Demonstration.open()
  }, SLOW)
  afterAll(() => demonstration.close())
  afterEach(() => phone?.close())

  it(
    'in their own words, and reads that the branch has yet to answer',
    screenshotOnFailure(
      () => phone?.page,
      async () => {
        const p = await demonstration.phoneOf('elder')
        phone = p
        await p.hand.tap('我的')
        await p.hand.tap(p.text('组织生活要求'))
        await p.text('照常参加组织生活和学习').waitFor()
        expect(await seriousViolations(p.page)).toEqual([])
        expect(await smallestText(p.page)).toBeGreaterThanOrEqual(LEAST_TEXT)
        await p.hand.tap(p.button('提出申请'))
        await p.text('请写明理由，至少两个字').waitFor()
        await p.hand.type(p.page.getByPlaceholder('例如：八十岁，腿脚不便'), '七十八岁，腿脚不便')
        await p.hand.tap(p.button('提出申请'))
        await p.text('等支部答复').waitFor()
        await p.text('本人理由：七十八岁，腿脚不便').waitFor()
        expect(p.errors).toEqual([])
      },
    ),
    SLOW,
  )
})
