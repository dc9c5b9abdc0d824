import ExcelJS from 'exceljs'
import { readFileSync } from 'node:fs'
import { rosterToImport } from '../../../server/demonstration/roster-to-import.js'
import { screenshotOnFailure, seriousViolations } from '../../support/browser.js'
import { largeRoster } from '../../support/large-roster.js'
import { Demonstration, type DemonstrationPersonId, type Phone } from '../../support/demonstration.js'

const SLOW = 60_000

describe("a county's dues, from the roster to the ledger, on a phone 360 px wide", () => {
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

  let refusedFile: Buffer | undefined

  story(
    'the officer imports the roster: four taps from home when the units are matched',
    'officer',
    async (p) => {
      await p.text('管理').waitFor()
      p.hand.reset()
      await p.hand.tap('管理')
      await p.hand.tap(p.text('导入花名册'))
      await choose(p, await rosterToImport())
      await p.text(/共 \d+ 行/).waitFor()
      expect(await seriousViolations(p.page)).toEqual([])
      expect(p.hand.taps).toBe(3)
      await p.hand.tap(p.button('开始导入'))
      expect(p.hand.taps).toBeLessThanOrEqual(4)
      await p.text(/导入完成/).waitFor()
      await p.hand.tap(p.button('下载不能导入的行'))
      const download = p.page.waitForEvent('download')
      await p.hand.tap('保存到本机')
      refusedFile = readFileSync(await (await download).path())
    },
  )

  story('the rows that were refused are corrected and imported', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('导入花名册'))
    if (!refusedFile) throw new Error('the story before did not download the refused rows')
    await choose(p, await corrected(refusedFile))
    await p.text(/共 \d+ 行/).waitFor()
    await p.hand.tap(p.button('开始导入'))
    await p.text(/导入完成/).waitFor()
    await p.hand.tap(p.button('去生成账单'))
    await p.text('生成党费账单').waitFor()
  })

  story('a large text file shows how far it has been read, and can be stopped', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('导入花名册'))
    await choose(p, largeRoster(6_000, '东岭村党支部').text(), '全县.csv')
    await p.text(/已读取 \d+ 行，共 6000 行/).waitFor()
    expect(await seriousViolations(p.page)).toEqual([])
    await p.hand.tap(p.button('不导入了'))
    await p.hand.tap(p.button(/^不导入$/))
    await p.text('已取消，没有写入任何内容').waitFor()
  })

  story('a file without a header is refused in words', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('导入花名册'))
    await choose(p, Buffer.from('周明远,男,汉族\n'), '名单.csv')
    await p.text('文件读不出来，没有写入任何内容').waitFor()
    await p.text(/没有找到表头。请在花名册上方保留一行列名/).waitFor()
    expect(await seriousViolations(p.page)).toEqual([])
    await p.hand.tap(p.button('返回'))
    await p.text('读不出来').waitFor()
  })

  story("the officer makes the month's bills for those who have none yet", 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('生成党费账单'))
    await p.button(/^生成 \d+ 笔账单/).waitFor()
    expect(await seriousViolations(p.page)).toEqual([])
    await p.hand.tap(p.button(/^生成 \d+ 笔账单/))
    await p.text(/已生成 \d+ 笔|生成完成|新生成/).waitFor()
  })

  story('a member binds by telephone number', 'newcomer', async (p) => {
    await p.hand.tap(p.button('用微信手机号绑定'))
    await p.text('等支部确认').waitFor()
    expect(await seriousViolations(p.page)).toEqual([])
  })

  story('of two who share a number the name is asked', 'couple', async (p) => {
    await p.hand.tap(p.button('用微信手机号绑定'))
    await p.text('请填写姓名').waitFor()
    await p.hand.type(p.field('姓名'), '刘桂')
    await p.hand.tap(p.button('提交'))
    await p.text(/花名册里没有这个姓名/).waitFor()
    await p.hand.type(p.field('姓名'), '刘桂英')
    await p.hand.tap(p.button('提交'))
    await p.text('等支部确认').waitFor()
  })

  story('a number that is on no roster is told so, and what to do', 'stranger', async (p) => {
    await p.hand.tap(p.button('用微信手机号绑定'))
    await p.text(/花名册里没有这个手机号/).waitFor()
  })

  story('the secretary confirms both', 'secretary', async (p) => {
    await p.text('2 人申请绑定').waitFor()
    await p.hand.tap(p.button('去处理'))
    for (const left of ['孙小梅', '刘桂英']) await p.text(left).waitFor()
    expect(await seriousViolations(p.page)).toEqual([])
    for (const name of ['刘桂英', '孙小梅']) {
      await p.hand.tap(p.button(`确认是本人：${name}`))
      // What was done can be undone, so the row stays.
      await p.button(`撤销绑定：${name}`).waitFor()
    }
    expect(await p.button(/^确认是本人/).count()).toBe(0)
  })

  story(
    'the member sees what is owed and why, and pays with two taps before the sheet of WeChat',
    'newcomer',
    async (p) => {
      await p.text('去缴费').waitFor()
      expect(await seriousViolations(p.page)).toEqual([])
      p.hand.reset()
      await p.hand.tap('去缴费')
      await p.text(/3880\.00 × 1% = 38\.80 元/).waitFor()
      expect(await seriousViolations(p.page)).toEqual([])
      await p.hand.tap(p.button(/^缴费/))
      await p.button('支付').waitFor()
      expect(p.hand.taps).toBeLessThanOrEqual(2)
      await p.button('支付').tap()
      await p.text('已缴').waitFor()
      await p.text('¥38.80').waitFor()
      expect(await seriousViolations(p.page)).toEqual([])
    },
  )

  story('the officer enters late that a teacher earns more since this month', 'officer', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('党员花名册'))
    await p.hand.type(p.page.getByPlaceholder('按姓名找'), '陈晓霞')
    await p.page.keyboard.press('Enter')
    await p.hand.tap(p.text('陈晓霞'))
    await p.hand.tap(p.button('重新核定'))
    await p.hand.type(p.page.getByPlaceholder('例如 5200.50'), '6884.43')
    await p.hand.type(p.page.getByPlaceholder(/^例如：.*按工资条核定$/), '晋级后工资调整，学校迟报')
    await p.hand.tap(p.button(/^核定$/))
    await p.text(/6884\.43 × 1\.5% = 103\.27 元/).waitFor()
  })

  story('she sees what the bill said and what it says now, and why', 'member', async (p) => {
    await p.hand.tap('去缴费')
    await p.text('改过的账单').waitFor()
    await p.text('原来 ¥94.27，改为 ¥103.27').waitFor()
    await p.text(/晋级后工资调整，学校迟报/).waitFor()
    expect(await seriousViolations(p.page)).toEqual([])
  })

  story('another administrator agrees to the telephone that the officer changed', 'colleague', async (p) => {
    await p.hand.tap('管理')
    const waiting = p.page.locator('.card').filter({ hasText: '1 项申请等您决定' })
    await p.hand.tap(waiting.getByRole('button'))
    await p.text('宋佳慧更换手机号').waitFor()
    await p.text('新手机号：199****0699').waitFor()
    await p.text(/^周敏.*提出$/).waitFor()
    expect(await seriousViolations(p.page)).toEqual([])
    await p.hand.tap(p.button(/^同意：宋佳慧更换手机号/))
    await p.page.locator('.card').filter({ hasText: '宋佳慧更换手机号' }).getByText('已同意').waitFor()
  })

  story('a sheet that was cancelled takes nothing, and the bill can still be paid', 'member', async (p) => {
    await p.hand.tap('去缴费')
    await p.hand.tap(p.button(/^缴费/))
    await p.button('取消').tap()
    await p.text('未完成').waitFor()
    await p.hand.tap(p.button('继续缴费'))
    await p.button('支付').tap()
    await p.text('已缴').waitFor()
  })

  story('the secretary sees who has not paid within two taps', 'secretary', async (p) => {
    await p.text('管理').waitFor()
    p.hand.reset()
    await p.hand.tap('管理')
    await p.hand.tap(p.text('看名单'))
    await p.text(/\d+人未缴/).waitFor()
    expect(p.hand.taps).toBeLessThanOrEqual(2)
    expect(await seriousViolations(p.page)).toEqual([])
    expect(await p.text('孙小梅').count()).toBe(0)
    await p.hand.tap('需上门')
    await p.text('没有电话，需上门').waitFor()
    await p.hand.tap('已缴')
    await p.text('孙小梅').waitFor()
    await p.text('陈晓霞').waitFor()
  })

  story('the secretary takes the ledger away as a PDF or for Excel', 'secretary', async (p) => {
    await p.hand.tap('管理')
    await p.hand.tap(p.text('看名单'))
    await p.text(/\d+人未缴/).waitFor()
    for (const [choice, begins, name] of [
      ['PDF（打印、归档）', '%PDF-', /党费收缴台账\.pdf$/],
      ['Excel 表格', 'PK', /党费台账\.xlsx$/],
    ] as const) {
      await p.hand.tap(p.button('导出台账'))
      await p.hand.tap(choice)
      const download = p.page.waitForEvent('download')
      await p.hand.tap('保存到本机')
      expect((await download).suggestedFilename()).toMatch(name)
      const file = readFileSync(await (await download).path())
      expect(file.subarray(0, begins.length).toString()).toBe(begins)
      await p.hand.tap('关闭')
    }
  })
})

async function choose(phone: Phone, content: Buffer, name = '云溪县党员花名册.xlsx'): Promise<void> {
  const chooser = phone.page.waitForEvent('filechooser')
  await phone.hand.tap(phone.button('选择文件'))
  await (
    await chooser
  ).setFiles({
    name,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: content,
  })
}

/** What an officer does with the refused rows: here, the base that was written in words. */
async function corrected(content: Buffer): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(content as unknown as ArrayBuffer)
  const [sheet] = workbook.worksheets
  if (!sheet) throw new Error('the file has no sheet')
  const column = (sheet.getRow(1).values as string[]).indexOf('计算基数')
  let mended = 0
  sheet.eachRow((row, index) => {
    const cell = row.getCell(column)
    if (index === 1 || !/约/.test(cell.text)) return
    cell.value = cell.text.replace(/\D/g, '')
    mended += 1
  })
  expect(mended).toBeGreaterThan(0)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}
