import { screenshotOnFailure, seriousViolations } from '../../support/browser.js'
import { Demonstration, type DemonstrationPersonId, type Phone } from '../../support/demonstration.js'

const SLOW = 60_000

describe('who holds a post is recorded on the phone', () => {
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

  async function openPosts(p: Phone): Promise<void> {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('班子'))
    await p.text('现在的班子').waitFor()
  }

  /** Turns the wheel of a picker to a word. */
  async function pick(p: Phone, cell: string, word: string): Promise<void> {
    await p.hand.tap(p.text(cell))
    await p.hand.tap(p.page.locator('.preview-wheel').getByText(word, { exact: true }))
    await p.hand.tap('确定')
  }

  story('the secretary records who is 宣传委员 now', 'secretary', async (p) => {
    await openPosts(p)
    await p.text('书记、副书记由上级党组织登记。').waitFor()
    expect(await seriousViolations(p.page)).toEqual([])
    await p.hand.tap(p.button(/^登记任职$/))
    await p.hand.tap(p.text('谁'))
    await p.hand.type(p.page.getByPlaceholder('按姓名找'), '王秀兰')
    await p.hand.tap(p.page.locator('.member-sheet__list').getByText('王秀兰'))
    await pick(p, '职务', '宣传委员')
    await p.hand.type(p.page.getByPlaceholder('例如：换届选举'), '党员大会补选')
    expect(await seriousViolations(p.page)).toEqual([])
    await p.hand.tap(p.button(/^登记$/))
    await p.text('宣传委员　王秀兰').waitFor()
    expect(p.hand.taps).toBeLessThanOrEqual(11)
  })

  story('what was recorded by mistake is taken back, and stays to be seen', 'secretary', async (p) => {
    await openPosts(p)
    const row = p.page.locator('.card > .line-top, .card > view').filter({ hasText: '宣传委员　王秀兰' })
    await row.getByText('登记错了，撤回').last().tap()
    await p.hand.type(p.page.getByPlaceholder('请写明原因'), '没有选上')
    await p.hand.tap(p.button(/^撤回$/))
    await p.text('已撤回：没有选上').waitFor()
  })

  story('the officer ends a post of another unit, chosen by its name', 'officer', async (p) => {
    await openPosts(p)
    await p.hand.tap(p.text('党组织'))
    await p.hand.type(p.page.getByPlaceholder('按名称找'), '东岭村党支部')
    await p.hand.tap(p.page.locator('.unit-sheet__list').getByText('东岭村党支部'))
    await p.text('书记　李建国').waitFor()
    await p.hand.tap(p.button('任职结束'))
    await p.hand.tap(p.button(/^登记结束$/))
    await p.text('请写明原因，至少两个字').waitFor()
    await p.text('从哪天起不再担任').waitFor()
  })
})
