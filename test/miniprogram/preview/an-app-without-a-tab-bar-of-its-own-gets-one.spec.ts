import { seriousViolations, tapCounter } from '../../support/browser.js'
import { expectText, previewSuite } from './preview-suite.js'

const { open, story, byId } = previewSuite((app) => {
  if (app.tabBar) app.tabBar = { ...app.tabBar, custom: false, color: '#4e5969', selectedColor: '#8a1c1c' }
})

describe('the plain tab bar', () => {
  story('leads to its pages, tells the page it was touched, and hides elsewhere', async () => {
    const phone = await open()
    const person = tapCounter(phone)
    const bar = phone.getByRole('navigation', { name: '标签栏' })
    await expectText(byId('stat'), 'shown 1')
    expect(await bar.locator('[aria-current=page]').innerText()).toBe('Notes')
    expect(await seriousViolations(phone)).toEqual([])

    await person.tap(bar.getByText('Form'))
    expect(await phone.evaluate('getApp().globalData.tapped')).toBeUndefined()
    await person.tap(bar.getByText('Notes'))
    await expectText(byId('stat'), 'shown 2')
    expect(await phone.evaluate('getApp().globalData.tapped')).toBe('0 pages/home/home')

    await person.tap('Calls')
    await byId('press').waitFor()
    expect(await bar.isVisible()).toBe(false)
    expect(person.taps).toBe(3)
  })

  story('leaves the window smaller by its height', async () => {
    const phone = await open()
    expect(await phone.evaluate('wx.getWindowInfo().windowHeight')).toBe(780 - 44 - 51)
  })
})
