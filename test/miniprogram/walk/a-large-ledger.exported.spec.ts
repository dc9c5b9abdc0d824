import { readFileSync } from 'node:fs'
import { keepPictures } from '../../support/browser-pictures.js'
import { screenshotOnFailure, seriousViolations } from '../../support/browser.js'
import { Demonstration, type DemonstrationPersonId, type Phone } from '../../support/demonstration.js'
import { entrust, openDecisions, sendPin } from './second-person.js'

const SLOW = 60_000

describe('a ledger of more than 50 people leaves by the phone when a second person agrees', () => {
  let demonstration: Demonstration
  let phone: Phone | undefined

  beforeAll(async () => {
    demonstration = await Demonstration.open()
    await entrust(demonstration, 'officer')
    await entrust(demonstration, 'superior', 'dues-officer')
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

  async function openLedger(p: Phone): Promise<void> {
    await p.text('管理').waitFor()
    p.hand.reset()
    await p.hand.tap('管理')
    await p.hand.tap(p.text('看名单'))
    await p.text(/\d+人未缴/).waitFor()
  }

  story('the officer says what for, and asks with the PIN', 'officer', async (p) => {
    await openLedger(p)
    await p.hand.tap(p.button('导出台账'))
    await p.hand.tap('Excel 表格')
    await p.text(/超过 50 人要由另一位有此职责的人同意/).waitFor()
    await p.hand.type(p.page.getByPlaceholder('例如：交县委存档'), '交县委存档')
    await look(p, 'export-reason')
    await p.hand.tap('下一步')
    await look(p, 'export-pin')
    await sendPin(p, '提交申请')
    await p.text(/等另一位有此职责的人同意。同意后在这里下载/).waitFor()
    await look(p, 'export-asked')
    expect(p.hand.taps).toBe(6)
  })

  story('the second officer agrees', 'superior', async (p) => {
    await openDecisions(p)
    await p.text('交县委存档').waitFor()
    await look(p, 'approvals-export')
    await p.hand.tap(p.button(/^同意：导出/))
    await sendPin(p, '同意')
    await p.text('已同意').waitFor()
    expect(p.hand.taps).toBe(4)
  })

  story('the officer downloads the file, with the PIN', 'officer', async (p) => {
    await openLedger(p)
    await p.text(/前可以下载/).waitFor()
    await look(p, 'export-ready')
    await p.hand.tap(p.button('下载 Excel 表格'))
    await sendPin(p, '下载')
    const download = p.page.waitForEvent('download')
    await p.hand.tap('保存到本机')
    expect((await download).suggestedFilename()).toMatch(/党费台账\.xlsx$/)
    expect(
      readFileSync(await (await download).path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
    expect(p.hand.taps).toBe(5)
  })
})
