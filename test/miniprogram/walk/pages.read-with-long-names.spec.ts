import { rosterToImport } from '../../../server/demonstration/roster-to-import.js'
import { UnitRecord } from '../../../server/modules/organization/units/unit.entity.js'
import { DEMONSTRATION_PEOPLE } from '../../../server/seeds/demonstration-people.js'
import { addMonths, monthIn } from '../../../server/platform/config/business-time.js'
import { keepPictures } from '../../support/browser-pictures.js'
import { screenshotOnFailure, seriousViolations } from '../../support/browser.js'
import { Demonstration, type DemonstrationPersonId, type Phone } from '../../support/demonstration.js'
import { entrust } from './second-person.js'

const SLOW = 60_000
const LONG_NAME = '买买提吐尔逊·阿卜杜热西提·努尔麦麦提江'
const LONG_UNIT = '东岭镇东岭村新时代文明实践流动党员联合党支部'

describe('pages that list what others did can be read with long names, in standard and elder size', () => {
  let demonstration: Demonstration
  let phone: Phone | undefined

  beforeAll(async () => {
    demonstration = await Demonstration.open()
    await entrust(demonstration, 'officer', 'administrator')
    await entrust(demonstration, 'superior', 'administrator')
    await liveThrough(demonstration)
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

  story('who read many full numbers, and whose', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.text(/集中查看号码要过问/).waitFor()
    await p.hand.tap(p.button('去处理'))
    await p.hand.tap(p.button('看了谁'))
    await p.text(LONG_NAME).waitFor()
    await look(p, 'disclosure-alerts')
    await p.hand.tap(p.button(/^写处理意见/))
    await look(p, 'disclosure-alerts-remark')
  })

  story('paid months that came to another amount', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('历月党费'))
    await p.hand.tap(p.button('看已缴月份的差额'))
    await p.text(new RegExp(LONG_NAME)).waitFor()
    await look(p, 'differences')
  })

  story('the posts of a unit', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('班子'))
    await p.text('现在的班子').waitFor()
    await p.hand.tap(p.text('党组织'))
    await p.hand.type(p.page.getByPlaceholder('按名称找'), LONG_UNIT)
    await p.hand.tap(p.page.locator('.unit-sheet__list').getByText(LONG_UNIT))
    await p.text(`书记　${LONG_NAME}`).waitFor()
    await look(p, 'posts')
  })

  story('the rules of dues', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('党费缴纳规则').or(p.text('党费规则')).first())
    await p.text('现在的规则').waitFor()
    await look(p, 'dues-policy')
  })

  story('the form for the telephone of a member', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('党员花名册'))
    await p.hand.type(p.page.getByPlaceholder('按姓名找'), '买买提')
    await p.page.keyboard.press('Enter')
    await p.hand.tap(p.text(LONG_NAME))
    await p.button('更换手机号').waitFor()
    await look(p, 'member')
    await p.hand.tap(p.button('更换手机号'))
    await p.text('新手机号').waitFor()
    await look(p, 'change-phone-long')
  })

  story('those whom an imported roster does not name', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('导入花名册'))
    const chooser = p.page.waitForEvent('filechooser')
    await p.hand.tap(p.button('选择文件'))
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    const buffer = await rosterToImport()
    await (await chooser).setFiles({ name: '云溪县二〇二六年党员花名册.xlsx', mimeType, buffer })
    await p.hand.tap(p.button('开始导入'))
    await p.text(/导入完成/).waitFor()
    await p.text(/人在名册上，文件里没有/).waitFor()
    await look(p, 'import')
    await p.hand.tap(p.text(/人在名册上，文件里没有/))
    await p.text(/这次导入的文件里没有/).waitFor()
    await look(p, 'import-absent')
  })

  story('roles, and what is said without a network', 'superior', async (p) => {
    await p.hand.tap('管理')
    await p.text('工作角色').waitFor()
    await p.page.context().setOffline(true)
    await p.hand.tap(p.text('工作角色'))
    await p.text('连上后会自动重试，您也可以现在再试').waitFor()
    await look(p, 'roles-offline')
    await p.page.context().setOffline(false)
    // the page tries again by itself
    await p.text(/管辖：/).waitFor()
  })
})

/** A unit and a member with long names, a paid month that was assessed anew, and many readings of full numbers. */
async function liveThrough({ world }: Demonstration): Promise<void> {
  const { county, database } = world
  const units = database.repository(UnitRecord)
  const committee = await units.findOneByOrFail({ kind: 'committee' })
  const village = await units.findOneByOrFail({ name: '东岭村党支部' })
  const unit = await county.unit('branch', LONG_UNIT, committee)
  const person = { name: LONG_NAME, phone: '19991009901', duesClass: 'wage', baseYuan: 6284.43 } as const
  const member = await county.member(unit, person)
  await county.post(unit, member, '书记')
  const month = addMonths(monthIn(new Date()), -1)
  await county.bills(unit, month)
  await county.paid(member.id, [month], new Date())
  const officer = await world.signIn(DEMONSTRATION_PEOPLE.officer.openid)
  const reason = '上月补发工资，重新核定计算基数'
  await officer
    .post(`/members/${member.id}/assessments`, {
      fromMonth: month,
      duesClass: 'wage',
      baseFen: 750_000,
      reason,
    })
    .expect(201)
  const namesake = await county.member(village, { name: LONG_NAME, phone: '19991009902' })
  const secretary = await world.signIn(DEMONSTRATION_PEOPLE.secretary.openid)
  for (let count = 0; count <= 30; count++) {
    const why = { reason: '打电话通知开支部党员大会' }
    await secretary.post(`/members/${namesake.id}/disclosures`, why).expect(201)
  }
}
