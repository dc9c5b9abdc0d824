import { expectText, previewSuite } from './preview-suite.js'

const suite = previewSuite()
const { open, story, byId, visible, swipe } = suite
const VANT = '/pages/vant/vant'

const tapText = (text: string): Promise<void> => suite.phone.getByText(text, { exact: true }).first().tap()
const said = (text: string | RegExp): Promise<void> => expectText(byId('log'), text)

describe('Vant components', () => {
  story('a button is pressed once', async () => {
    await open(VANT)
    await tapText('Press me')
    await said('pressed')
  })

  story('a popup opens and closes when its overlay is touched', async () => {
    const phone = await open(VANT)
    await tapText('Popup')
    await phone.getByText('popup content').waitFor()
    await phone.touchscreen.tap(180, 120)
    await said('closed')
    await phone.getByText('popup content').waitFor({ state: 'hidden' })
  })

  story('a dialog resolves or rejects', async () => {
    const phone = await open(VANT)
    await tapText('Dialog')
    await tapText('Yes')
    await said('yes')
    await phone.getByText('Go on?').waitFor({ state: 'hidden' })
    await tapText('Dialog')
    await tapText('No')
    await said('no')
  })

  story('an action sheet tells what was selected', async () => {
    await open(VANT)
    await tapText('Actions')
    await tapText('Move')
    await said('selected Move')
  })

  story('a field takes text and shows what is wrong with it', async () => {
    const phone = await open(VANT)
    await phone.getByPlaceholder('a title').fill('too much')
    await phone.getByText('too long').waitFor()
    await phone.getByPlaceholder('a long text').fill('x')
  })

  story('a toast shows its message', async () => {
    const phone = await open(VANT)
    await tapText('Toast')
    await phone.getByText('short message').waitFor()
  })

  story('tabs change by a touch', async () => {
    const phone = await open(VANT)
    await tapText('Right')
    await said('tab Right')
    await phone.getByText('right side').waitFor()
  })

  story('a skeleton gives way to the content', async () => {
    await open(VANT)
    await visible('.van-skeleton__row').first().waitFor()
    expect(await byId('content').count()).toBe(0)
    await tapText('Load')
    await expectText(byId('content'), 'loaded content')
  })

  story('a picker follows the finger and confirms', async () => {
    await open(VANT)
    await byId('picker').scrollIntoViewIfNeeded()
    const box = await byId('picker').locator('.van-picker__columns').boundingBox()
    const middle = (box?.y ?? 0) + (box?.height ?? 0) / 2
    await swipe([180, middle], [180, middle - 44])
    await said('picked South')
    await tapText('Done')
    await said('picked South')
  })

  story('a date picker opens on its date', async () => {
    await open(VANT)
    await tapText('Time')
    await visible('van-datetime-picker .van-picker__confirm').tap()
    await said('time 2026')
  })

  story('boxes, radios, switches and steppers report changes', async () => {
    await open(VANT)
    await visible('van-checkbox .van-checkbox__icon-wrap').tap()
    await said('checked true')
    await visible('van-radio .van-radio__icon-wrap').nth(1).tap()
    await said('kind b')
    await visible('van-switch .van-switch').tap()
    await said('on true')
    await visible('.van-stepper__plus').tap()
    await said('step 2')
  })

  story('a search box searches on Enter', async () => {
    const phone = await open(VANT)
    await phone.getByPlaceholder('search').fill('word')
    await phone.getByPlaceholder('search').press('Enter')
    await said('search word')
  })

  story('a collapse unfolds', async () => {
    const phone = await open(VANT)
    await tapText('Fold')
    await phone.getByText('folded content').waitFor()
  })

  story('a cell swiped aside shows its button', async () => {
    await open(VANT)
    await byId('swipe').scrollIntoViewIfNeeded()
    const y = ((await byId('swipe').boundingBox())?.y ?? 0) + 20
    await swipe([300, y], [150, y])
    await byId('remove').tap()
    await said('removed')
  })

  story('icons come from the font carried along', async () => {
    const phone = await open(VANT)
    await visible('van-icon').first().waitFor()
    expect(await phone.evaluate("document.fonts.check('20px vant-icon')")).toBe(true)
  })

  it('a component that needs what the preview lacks fails when it is drawn', async () => {
    const phone = await open(VANT)
    await tapText('Circle')
    await expectText(phone.getByRole('alert').first(), '<canvas> is not available in the browser preview')
    await suite.errorCame('<canvas> is not available in the browser preview')
  })
})
