import { screenshotOnFailure, seriousViolations } from '../../support/browser.js'
import { Demonstration, type DemonstrationPersonId, type Phone } from '../../support/demonstration.js'

const SLOW = 60_000

describe('what becomes of a member is recorded on the phone, with day and reason', () => {
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

  /** Opens the list of members and the page of one. */
  async function openMember(p: Phone, name: string): Promise<void> {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('党员花名册'))
    await p.hand.tap(p.text(name))
    await p.hand.tap(p.text('变动登记'))
    await p.text('哪一天起是什么情况，都记在这里。登记错了可以撤回，撤回的也留着。').waitFor()
  }

  /** Turns the wheel of a picker to a word. */
  async function pick(p: Phone, cell: string, word: string): Promise<void> {
    await p.hand.tap(p.text(cell))
    await p.hand.tap(p.page.locator('.preview-wheel').getByText(word, { exact: true }))
    await p.hand.tap('确定')
  }

  story(
    'the secretary records that nothing is demanded of somebody old, in at most nine taps',
    'secretary',
    async (p) => {
      await p.text('管理').waitFor()
      p.hand.reset()
      await openMember(p, '王秀兰')
      await p.hand.tap(p.button('登记新的变动'))
      expect(await seriousViolations(p.page)).toEqual([])
      await pick(p, '登记什么', '组织生活要求')
      await pick(p, '改为', '年老体弱等，不作要求（支部认定）')
      await p.hand.type(p.page.getByPlaceholder('例如：随子女到县城居住'), '八十岁，行动不便')
      await p.hand.tap(p.button(/^登记$/))
      await p.text('年老体弱等，不作要求（支部认定）').waitFor()
      expect(p.hand.taps).toBeLessThanOrEqual(12)
      expect(await seriousViolations(p.page)).toEqual([])
    },
  )

  story('what was recorded by mistake is taken back, and stays to be seen', 'secretary', async (p) => {
    await openMember(p, '王秀兰')
    await p.hand.tap(p.button('登记错了，撤回'))
    await p.hand.type(p.page.getByPlaceholder('请写明原因'), '登记错了人')
    await p.hand.tap(p.button(/^撤回$/))
    await p.text(/党组织登记，.*，已撤回/).waitFor()
    await p.text('撤回的原因：登记错了人').waitFor()
  })
})
