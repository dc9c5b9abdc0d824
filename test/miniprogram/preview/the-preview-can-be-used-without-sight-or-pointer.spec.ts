import { seriousViolations } from '../../support/browser.js'
import { expectText, previewSuite } from './preview-suite.js'

const suite = previewSuite()
const { open, story, byId, visible } = suite

describe('accessibility', () => {
  for (const [route, id] of [
    ['/pages/home/home', 'stat'],
    ['/pages/form/form', 'city'],
    ['/pages/calls/calls', 'press'],
  ] as const) {
    story(`axe finds nothing serious on ${route}`, async () => {
      const phone = await open(route)
      await byId(id).waitFor()
      expect(await seriousViolations(phone)).toEqual([])
    })
  }

  for (const [what, button] of [
    ['a modal', 'Modal'],
    ['an action sheet', 'Sheet'],
    ['the payment sheet', 'Pay'],
  ]) {
    story(`axe finds nothing serious in ${what}`, async () => {
      const phone = await open('/pages/calls/calls')
      await visible('wx-button').filter({ hasText: button }).first().tap()
      await phone.getByRole('dialog').waitFor()
      expect(await seriousViolations(phone)).toEqual([])
    })
  }

  story('axe finds nothing serious in a picker', async () => {
    const phone = await open('/pages/form/form')
    await byId('day').tap()
    await phone.getByRole('dialog').waitFor()
    expect(await seriousViolations(phone)).toEqual([])
  })

  story('Enter and Space press what has the focus', async () => {
    const phone = await open('/pages/calls/calls')
    await visible('wx-button').filter({ hasText: 'Login' }).focus()
    await phone.keyboard.press('Enter')
    await expectText(byId('log'), 'code login-ann')
    await phone.goto('/app.html?person=ann#/pages/form/form')
    await phone.getByRole('checkbox', { name: 'Tag A' }).focus()
    await phone.keyboard.press('Space')
    await expectText(byId('last'), 'tags ["a","b"]')
  })

  story('a dialog takes the focus, closes with Escape and gives the focus back', async () => {
    const phone = await open('/pages/calls/calls')
    await visible('wx-button').filter({ hasText: 'Sheet' }).focus()
    await phone.keyboard.press('Enter')
    const dialog = phone.getByRole('dialog')
    await dialog.waitFor()
    await phone.keyboard.press('Tab')
    expect(await dialog.locator(':focus').innerText()).toBe('First')
    await phone.keyboard.press('Escape')
    await expectText(byId('log'), 'showActionSheet:fail cancel')
    expect(await phone.locator(':focus').innerText()).toBe('Sheet')
  })

  story('a mouse works like a finger', async () => {
    const phone = await open('/pages/calls/calls')
    await visible('wx-button').filter({ hasText: 'Login' }).tap()
    await expectText(byId('log'), 'code')
    await visible('wx-button').filter({ hasText: 'System' }).click()
    await expectText(byId('log'), 'scale 1')
    await phone.getByRole('button', { name: 'Modal', exact: true }).click()
    await phone.getByRole('button', { name: 'Remove' }).click()
    await expectText(byId('log'), 'modal true')
  })
})
