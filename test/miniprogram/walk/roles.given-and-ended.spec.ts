import { keepPictures } from '../../support/browser-pictures.js'
import { screenshotOnFailure, seriousViolations } from '../../support/browser.js'
import { Demonstration, type DemonstrationPersonId, type Phone } from '../../support/demonstration.js'
import { entrust, openDecisions, pick, PIN, sendPin } from './second-person.js'

const SLOW = 60_000

describe('a role is asked for by one administrator, given by another and ended, on the phone', () => {
  let demonstration: Demonstration
  let phone: Phone | undefined

  beforeAll(async () => {
    demonstration = await Demonstration.open()
    await entrust(demonstration, 'superior', 'administrator')
    await entrust(demonstration, 'officer', 'administrator')
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

  /** Can be read in both sizes, and by a screen reader. */
  async function look(p: Phone, name: string): Promise<void> {
    expect(await keepPictures(p.page, name)).toEqual([])
    expect(await seriousViolations(p.page)).toEqual([])
  }

  story('an administrator changes the PIN', 'superior', async (p) => {
    await p.hand.tap('我的')
    await p.hand.tap(p.text('操作密码'))
    await p.text('新的操作密码').waitFor()
    await p.hand.tap(p.button('更换'))
    await p.text('请输入现在的六位数字').waitFor()
    await look(p, 'pin')
    const fields = p.page.locator('input').filter({ visible: true })
    for (const [index, digits] of [PIN, '730516', '730516'].entries())
      await p.hand.type(fields.nth(index), digits)
    await p.hand.tap(p.button('更换'))
    await p.text('已设置').waitFor()
    expect(p.hand.taps).toBe(4)
  })

  story('an administrator asks for a role for a member', 'officer', async (p) => {
    await p.text('管理').waitFor()
    p.hand.reset()
    await p.hand.tap('管理')
    await p.hand.tap(p.text('工作角色'))
    await p.text('每项授予都要另一位管理员同意。').waitFor()
    await look(p, 'roles')
    await p.hand.tap(p.button('给一名党员授予角色'))
    await p.hand.type(p.page.getByPlaceholder('按姓名找'), '陈晓霞')
    await p.page.keyboard.press('Enter')
    await p.hand.tap(p.text('陈晓霞'))
    await p.hand.tap(p.button('授予工作角色'))
    await p.hand.tap(p.button(/^提交$/))
    await p.text('请选择管到哪里').waitFor()
    await look(p, 'give-role-missing')
    await pick(p, '角色', '党费管理员')
    await p.hand.tap(p.text('管到哪里'))
    await p.hand.type(p.page.getByPlaceholder('按名称找'), '东岭村')
    await look(p, 'give-role-unit')
    await p.hand.tap(p.page.locator('.unit-sheet__list').getByText('东岭村党支部'))
    await p.hand.type(p.page.getByPlaceholder('例如：云组发〔2026〕12号'), '云组发〔2026〕18号')
    await p.hand.type(p.page.getByPlaceholder('例如：换届后分工调整'), '支部换届后分工调整，由她收党费')
    await look(p, 'give-role')
    await p.hand.tap(p.button(/^提交$/))
    await p.text('授予陈晓霞“党费管理员”').waitFor()
    await look(p, 'pin-sheet')
    await sendPin(p, '提交')
    await p.text('已提交，等另一位管理员决定').waitFor()
    expect(p.hand.taps).toBeLessThanOrEqual(13)
  })

  story('the form for an office that is opened with the role can be read', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('工作角色'))
    await p.hand.tap(p.button('新设一个岗位'))
    await p.hand.tap(p.button(/^提交$/))
    await p.text('请写岗位名称').waitFor()
    await look(p, 'give-role-office')
  })

  story('the member sees what is asked for', 'member', async (p) => {
    await p.hand.tap('我的')
    await p.hand.tap(p.text('关于我的申请'))
    await p.text('等待决定').waitFor()
    await look(p, 'my-approvals-role')
  })

  story('the other administrator agrees, with the PIN', 'superior', async (p) => {
    await p.text('管理').waitFor()
    p.hand.reset()
    await openDecisions(p)
    await p.text('支部换届后分工调整，由她收党费').waitFor()
    await look(p, 'approvals')
    await p.hand.tap(p.button(/^同意：授予陈晓霞/))
    await look(p, 'approvals-pin')
    await p.hand.type(p.page.getByPlaceholder('六位数字'), PIN)
    await p.hand.tap(p.page.locator('.sheet').getByText('同意', { exact: true }))
    await p.text(/密码不对/).waitFor()
    await look(p, 'approvals-pin-wrong')
    await p.hand.type(p.page.getByPlaceholder('六位数字'), '730516')
    await p.hand.tap(p.page.locator('.sheet').getByText('同意', { exact: true }))
    await p.text('已同意').waitFor()
    expect(p.hand.taps).toBe(5)
  })

  story('the member finds the role among hers', 'member', async (p) => {
    await p.text('我的').waitFor()
    p.hand.reset()
    await p.hand.tap('我的')
    await p.hand.tap(p.text('我的工作角色'))
    await p.text('管辖：东岭村党支部').waitFor()
    await look(p, 'my-roles')
    expect(p.hand.taps).toBe(2)
  })

  story('an administrator ends it, with reason and PIN', 'superior', async (p) => {
    await p.text('管理').waitFor()
    p.hand.reset()
    await p.hand.tap('管理')
    await p.hand.tap(p.text('工作角色'))
    await p.hand.tap(p.button(/^收回：陈晓霞.*党费管理员/))
    await p.hand.type(p.page.getByPlaceholder('请写明原因'), '调到县城工作')
    await look(p, 'roles-reason')
    await p.hand.tap('下一步')
    await p.hand.type(p.page.getByPlaceholder('六位数字'), '730516')
    await p.hand.tap(p.page.locator('.sheet').getByText('收回', { exact: true }))
    await p.text('已收回').or(p.text('已提交，等另一位管理员决定')).first().waitFor()
    await look(p, 'roles-ended')
    expect(p.hand.taps).toBe(5)
  })
})
