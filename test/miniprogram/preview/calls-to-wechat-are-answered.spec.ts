import { expectCount, expectText, previewSuite } from './preview-suite.js'

const suite = previewSuite()
const { open, story, byId, visible, swipe } = suite
const CALLS = '/pages/calls/calls'

const press = (name: string): Promise<void> => visible('wx-button').filter({ hasText: name }).first().tap()
const said = (text: string | RegExp): Promise<void> => expectText(byId('log'), text)

describe('calls to WeChat', () => {
  story('login yields a code for the person who holds the phone', async () => {
    await open(CALLS, { person: 'bob' })
    await press('Login')
    await said('code login-bob')
  })

  story('the phone number button yields a code', async () => {
    await open(CALLS)
    await press('Phone number')
    await said('{"code":"phone-ann","errMsg":"getPhoneNumber:ok"}')
  })

  story('a person may refuse to give a phone number', async () => {
    await open(CALLS, { person: 'bob' })
    await press('Phone number')
    await said('{"errMsg":"getPhoneNumber:fail user deny"}')
  })

  story('paying shows the sheet of the platform and then its answer', async () => {
    const phone = await open(CALLS)
    await press('Pay')
    const sheet = phone.getByRole('dialog', { name: '微信支付' })
    await expectText(sheet, 'A year of notes')
    await expectText(sheet, '¥12.50')
    await sheet.getByRole('button', { name: '支付' }).tap()
    await said('{"errMsg":"requestPayment:ok"}')
    expect(suite.host.payments.at(-1)).toEqual({
      person: 'ann',
      params: { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=42', signType: 'RSA', paySign: 's' },
    })
  })

  story('closing the payment sheet is told as a cancellation and nothing is paid', async () => {
    const phone = await open(CALLS)
    const before = suite.host.payments.length
    await press('Pay')
    await phone.getByRole('button', { name: '取消' }).tap()
    await said('{"errMsg":"requestPayment:fail cancel"}')
    expect(suite.host.payments.length).toBe(before)
  })

  story('a payment the platform refuses fails with its reason', async () => {
    const phone = await open(CALLS, { person: 'bob' })
    await press('Pay')
    await phone.getByRole('button', { name: '支付' }).tap()
    await said('{"errMsg":"requestPayment:fail no money"}')
  })

  story('a modal waits for an answer and is not pressed by the touch that opened it', async () => {
    const phone = await open(CALLS)
    await press('Modal')
    const modal = phone.getByRole('dialog', { name: 'Sure' })
    await expectText(modal, 'Remove the note?')
    expect(await byId('log').innerText()).toBe('')
    await modal.getByRole('button', { name: 'Remove' }).tap()
    await said('modal true')
  })

  story('an action sheet tells which item was touched, or that it was closed', async () => {
    const phone = await open(CALLS)
    await press('Sheet')
    await phone.getByRole('button', { name: 'Second' }).tap()
    await said('sheet 1')
    await press('Sheet')
    await phone.getByRole('dialog').getByRole('button', { name: '取消' }).tap()
    await said('showActionSheet:fail cancel')
  })

  story('a toast is announced and goes away by itself', async () => {
    const phone = await open(CALLS)
    await press('Toast')
    const toast = phone.getByRole('status')
    await expectText(toast, 'Saved')
    await toast.waitFor({ state: 'detached' })
  })

  story('loading is shown until the work is done', async () => {
    const phone = await open(CALLS)
    await press('Loading')
    await said('worked')
    await expectCount(phone.getByRole('status'), 0)
  })

  story('a disabled button does nothing', async () => {
    const phone = await open(CALLS)
    await visible('wx-button').filter({ hasText: 'Disabled' }).tap({ force: true })
    await press('Login')
    await said('code')
    await expectCount(phone.getByRole('status'), 0)
  })

  story('storage survives a restart and belongs to one person', async () => {
    const phone = await open(CALLS)
    await press('Store')
    await said('stored')
    await phone.goto(`/app.html?person=bob&again#${CALLS}`)
    await press('Recall')
    await said('recalled ""')
    await phone.goto(`/app.html?person=ann&again#${CALLS}`)
    await press('Recall')
    await said('recalled {"text":"kept"}')
  })

  story('a chosen file is uploaded together with the form data', async () => {
    const phone = await open(CALLS)
    const choosing = phone.waitForEvent('filechooser')
    await press('Upload')
    const chooser = await choosing
    await chooser.setFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('hello file') })
    await said('200 {"hasKind":true,"hasText":true}')
  })

  story('a downloaded document can be read and is offered under its name', async () => {
    const phone = await open(CALLS)
    await press('Download')
    const sheet = phone.getByRole('dialog', { name: '文件' })
    await expectText(sheet, 'report.txt')
    expect(await sheet.getByRole('link').getAttribute('download')).toBe('report.txt')
    expect(await byId('log').innerText()).toBe('"a report"')
  })

  story('a request that takes too long fails with timeout', async () => {
    await open(CALLS)
    await press('Slow')
    await said('request:fail timeout')
  })

  story('an answer other than 2xx is a success with its status', async () => {
    await open(CALLS)
    await press('Missing')
    await said('404 nothing here')
  })

  story('the font scale of the person and the size of the window are told', async () => {
    await open(CALLS, { query: '&fontScale=1.4' })
    await press('System')
    await said('scale 1.4, window 360x736, can true false')
  })

  story('losing the network is noticed', async () => {
    const phone = await open(CALLS)
    await press('Network')
    await said('watching')
    await phone.context().setOffline(true)
    await said('connected false')
  })

  story('a telephone call asks first', async () => {
    const phone = await open(CALLS)
    await press('Dial')
    await phone.getByRole('button', { name: '呼叫' }).tap()
    await said('called')
  })

  story('a finger that rests is a long press', async () => {
    await open(CALLS)
    await byId('press').scrollIntoViewIfNeeded()
    const box = await byId('press').boundingBox()
    const session = await suite.phone.context().newCDPSession(suite.phone)
    const point = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
    await said('held')
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  })

  story('a swiper follows the finger', async () => {
    await open(CALLS)
    await byId('swiper').scrollIntoViewIfNeeded()
    const box = await byId('swiper').boundingBox()
    const y = (box?.y ?? 0) + 20
    await swipe([300, y], [60, y])
    await said('slide 1 touch')
  })

  story('rich text is drawn without its scripts and handlers', async () => {
    const phone = await open(CALLS)
    const html = await visible('wx-rich-text').innerHTML()
    expect(html).toBe('<p>rich <b>text</b></p>')
    expect(await phone.evaluate('window.hacked')).toBeUndefined()
  })
})

describe('what the preview lacks', () => {
  const failing = (name: string, button: string, message: string): void =>
    it(name, async () => {
      const phone = await open(CALLS)
      await press(button)
      await expectText(phone.getByRole('alert'), message)
      await phone.getByRole('alert').getByRole('button', { name: '关闭' }).tap()
      await suite.errorCame(message)
      expect(suite.errors).toEqual([message])
      expect(await phone.evaluate('getApp().globalData.errors.length')).toBe(1)
      expect(await byId('log').innerText()).toBe('')
    })

  failing(
    'an unknown function of wx fails loudly',
    'Unknown',
    'wx.startBluetoothDevicesDiscovery is not available in the browser preview',
  )

  it('a button that asks for an unknown service fails loudly', async () => {
    const phone = await open(CALLS)
    await press('Share')
    const message = 'button open-type="share" is not available in the browser preview'
    await expectText(phone.getByRole('alert'), message)
    await suite.errorCame(message)
    expect(suite.errors).toEqual([message])
  })
})
