import { expectCount, expectText, previewSuite } from './preview-suite.js'

const suite = previewSuite()
const { open, story, byId, visible } = suite
const FORM = '/pages/form/form'

const choose = async (column: number, label: string): Promise<void> => {
  const wheel = suite.phone.locator('.preview-wheel').nth(column)
  await wheel.getByText(label, { exact: true }).tap()
  await wheel.locator('[aria-selected=true]').filter({ hasText: label }).waitFor()
}
const confirm = (): Promise<void> => suite.phone.getByRole('button', { name: '确定' }).tap()

describe('forms', () => {
  story('typing reaches the page, within the length allowed', async () => {
    const phone = await open(FORM)
    const input = phone.getByRole('textbox', { name: 'Name' })
    await input.fill('abc')
    await expectText(byId('echo'), 'echo abc')
    expect(await input.getAttribute('maxlength')).toBe('8')
    await input.press('Enter')
    await expectText(byId('last'), 'confirm abc')
  })

  story('a text area grows with its text', async () => {
    const phone = await open(FORM)
    const area = phone.getByRole('textbox', { name: 'Text' })
    const before = (await area.boundingBox())?.height ?? 0
    await area.fill('one\ntwo\nthree\nfour')
    expect((await area.boundingBox())?.height).toBeGreaterThan(before + 40)
  })

  story('switches, boxes and radios report changes, also when their label is touched', async () => {
    const phone = await open(FORM)
    await phone.getByRole('switch', { name: 'Urgent' }).tap()
    await expectText(byId('last'), 'switch true')
    await phone.getByText('Tag A').tap()
    await expectText(byId('last'), 'tags ["a","b"]')
    await phone.getByRole('checkbox', { name: 'Tag B' }).tap()
    await expectText(byId('last'), 'tags ["a"]')
    await phone.getByText('Kind Y').tap()
    await expectText(byId('last'), 'kind "y"')
    expect(await phone.getByRole('radio', { name: 'Kind X' }).getAttribute('aria-checked')).toBe('false')
  })

  story('submitting sends the values of all fields, resetting empties them', async () => {
    const phone = await open(FORM)
    await phone.getByRole('textbox', { name: 'Name' }).fill('ann')
    await phone.getByRole('textbox', { name: 'Text' }).fill('some text')
    await phone.getByRole('slider', { name: 'Level' }).fill('70')
    await expectText(byId('last'), 'level 70')
    await visible('wx-button').filter({ hasText: 'Send' }).tap()
    const sent = { name: 'ann', text: 'some text', urgent: false, tags: ['b'], kind: 'x', level: 70, city: 0 }
    await expectText(byId('result'), `201 ${JSON.stringify(sent)}`)
    await visible('wx-button').filter({ hasText: 'Clear' }).tap()
    await expectText(byId('result'), 'cleared')
    expect(await phone.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('')
    expect(await phone.getByRole('checkbox', { name: 'Tag B' }).getAttribute('aria-checked')).toBe('false')
  })

  story('a list picker yields the index', async () => {
    await open(FORM)
    await byId('city').tap()
    await choose(0, 'West')
    await confirm()
    await expectText(byId('city'), 'City: West')
  })

  story('a month picker offers only months within its bounds', async () => {
    const phone = await open(FORM)
    await byId('month').tap()
    await expectCount(phone.locator('.preview-wheel'), 2)
    await choose(0, '2027')
    const months = phone.locator('.preview-wheel').nth(1).locator('.preview-wheel-item')
    expect(await months.allInnerTexts()).toEqual(['01', '02'])
    await confirm()
    await expectText(byId('month'), 'Month: 2027-02')
  })

  story('a day picker never offers a day the month lacks', async () => {
    await open(FORM)
    await byId('day').tap()
    await choose(1, '02')
    await confirm()
    await expectText(byId('day'), 'Day: 2024-02-29')
  })

  story('a picker of several columns lets the page change the columns after the one turned', async () => {
    await open(FORM)
    await byId('pair').tap()
    await choose(0, 'two')
    await choose(1, 'two-b')
    await confirm()
    await expectText(byId('pair'), 'Pair: 1,1')
  })

  story('touching beside a picker leaves everything as it was', async () => {
    const phone = await open(FORM)
    await byId('city').tap()
    await phone.locator('.preview-wheel').waitFor()
    await phone.touchscreen.tap(180, 100)
    await phone.locator('.preview-wheel').waitFor({ state: 'detached' })
    await expectText(byId('city'), 'City: North')
  })
})
