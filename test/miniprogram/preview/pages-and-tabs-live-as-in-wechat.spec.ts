import { expectCount, expectText, previewSuite } from './preview-suite.js'

const suite = previewSuite()
const { open, story, byId, visible, swipe } = suite

describe('pages and tabs', () => {
  story('the entry page is loaded, shown and made ready once', async () => {
    await open()
    await expectText(byId('stat'), 'shown 1, pulled 0, bottom 0, ready 1')
    await expectCount(visible('note-card'), 12)
    expect(await suite.phone.title()).toBe('Notes')
  })

  story('wxs formats, slots fill, and isolated styles stay apart', async () => {
    await open()
    const first = visible('note-card').first()
    await expectText(first, 'NOTE 1 (2) #')
    await expectText(first, 'done')
    const color = await first
      .locator('[role=button]')
      .evaluate((element) => getComputedStyle(element as Element).color)
    expect(color).toBe('rgb(10, 20, 30)')
  })

  story('a touch opens a page with raw and decodable parameters', async () => {
    const phone = await open()
    await visible('note-card [role=button]').nth(2).tap()
    await expectText(byId('query'), '3 / a%20b / a b')
    expect(await phone.locator('h1').innerText()).toBe('Note 3')
    expect(new URL(phone.url()).hash).toBe('#/pages/detail/detail?id=3&title=a%20b')
  })

  story('rects are told in px from below the navigation bar', async () => {
    await open('/pages/detail/detail?id=1', { width: 375 })
    await expectText(byId('measured'), /188x38 at \d\d, scrolled 0/)
    const top = Number(/at (\d+)/.exec(await byId('measured').innerText())?.[1])
    const box = await byId('box').boundingBox()
    expect(Math.round(box?.y ?? 0) - top).toBe(44)
  })

  story('going back keeps the place in the list and shows the page again', async () => {
    const phone = await open()
    await visible('note-card').nth(11).scrollIntoViewIfNeeded()
    const scroller = phone.locator('[data-route="pages/home/home"] > .preview-scroller')
    const before = await scroller.evaluate((element) => element.scrollTop)
    expect(before).toBeGreaterThan(100)
    await visible('note-card [role=button]').nth(9).tap()
    await byId('query').waitFor()
    await phone.getByRole('button', { name: '返回' }).tap()
    await expectText(byId('stat'), 'shown 2')
    expect(await scroller.evaluate((element) => element.scrollTop)).toBe(before)
  })

  story('the page that opened another hears from it', async () => {
    const phone = await open()
    await visible('note-card [role=button]').first().tap()
    await phone.getByText('Save', { exact: true }).tap()
    await expectText(byId('stat'), 'shown 2')
    expect(await phone.evaluate('getCurrentPages()[0].data.saved')).toBe('yes')
  })

  story('the eleventh page is refused with the words of WeChat', async () => {
    const phone = await open('/pages/detail/detail')
    for (let depth = 1; depth < 10; depth++) {
      await visible('wx-button').filter({ hasText: 'Again' }).tap()
      await expectText(byId('query'), new RegExp(`^${depth} /`))
    }
    await visible('wx-button').filter({ hasText: 'Again' }).tap()
    await expectText(byId('measured'), 'navigateTo:fail webview count limit exceed')
    expect(await phone.evaluate('getCurrentPages().length')).toBe(10)
  })

  story('each tab page has a tab bar of its own, and tab pages stay alive', async () => {
    const phone = await open()
    const bar = visible('[role=tab]')
    await expectText(bar.nth(0), 'Notes')
    expect(await bar.nth(0).getAttribute('aria-selected')).toBe('true')
    await bar.nth(1).tap()
    expect(await bar.nth(1).getAttribute('aria-selected')).toBe('true')
    expect(await phone.locator('h1').innerText()).toBe('Form')
    await visible('[role=tab]').nth(0).tap()
    await expectText(byId('stat'), 'shown 2, pulled 0, bottom 0, ready 1')
    expect(await phone.evaluate('getCurrentPages().length')).toBe(1)
    await expectCount(phone.locator('.preview-page'), 2)
  })

  story('variables set on the page colour the custom tab bar', async () => {
    await open()
    const color = await visible('[role=tab]')
      .first()
      .evaluate((element) => getComputedStyle(element as Element).color)
    expect(color).toBe('rgb(138, 28, 28)')
  })

  story('a page of a subpackage draws its picture and takes the query as a property', async () => {
    const phone = await open()
    await phone.getByText('About', { exact: true }).tap()
    await expectText(byId('from'), 'from home')
    await expectText(byId('loaded'), 'picture drawn')
    await expectCount(phone.getByRole('img', { name: 'a dot' }), 1)
    const size = await byId('from').evaluate((element) => getComputedStyle(element as Element).fontSize)
    expect(size).toBe('20px')
  })

  story('pulling down refreshes, reaching the bottom asks for more', async () => {
    const phone = await open()
    await byId('stat').waitFor()
    await swipe([180, 120], [180, 320])
    await expectText(byId('stat'), 'pulled 1')
    await phone.locator('.is-refreshing').waitFor({ state: 'detached' })
    await visible('.spacer').scrollIntoViewIfNeeded()
    await expectText(byId('stat'), 'bottom 1')
  })

  story('typing another address opens that page alone', async () => {
    const phone = await open()
    await phone.goto('/app.html?person=ann#/pages/detail/detail?id=77')
    await expectText(byId('query'), '77 /')
    expect(await phone.evaluate('getCurrentPages().length')).toBe(1)
  })
})
