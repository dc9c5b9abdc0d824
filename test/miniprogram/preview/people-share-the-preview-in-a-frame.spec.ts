import type { FrameLocator } from 'playwright-core'
import { seriousViolations } from '../../support/browser.js'
import { expectText, previewSuite } from './preview-suite.js'

const suite = previewSuite()
const { open, story } = suite

const CALLS = '/pages/calls/calls'

async function openFrame(width: number): Promise<FrameLocator> {
  const phone = await open('', { width, height: 900 })
  await phone.goto(`/index.html#${CALLS}`)
  const frame = phone.frameLocator('#phone')
  await frame.locator('.preview-page').waitFor()
  return frame
}

describe('the frame around the preview', () => {
  story('lists the people of the host and hands the phone to the one chosen', async () => {
    const frame = await openFrame(1100)
    await frame.getByText('Login', { exact: true }).tap()
    await expectText(frame.locator('[id$="--log"]'), 'login-ann')
    await suite.phone.getByRole('button', { name: /Bob/ }).click()
    await expectText(frame.locator('[id$="--stat"]'), 'shown 1')
    await frame.getByText('Calls', { exact: true }).tap()
    await frame.getByText('Login', { exact: true }).tap()
    await expectText(frame.locator('[id$="--log"]'), 'login-bob')
  })

  story('shows where the app is', async () => {
    await openFrame(1100)
    await expectText(suite.phone.locator('#address'), CALLS)
    await suite.phone.getByRole('button', { name: '重新打开' }).click()
    await expectText(suite.phone.locator('#address'), '/pages/home/home')
  })

  story('offers the files of the host to try the app with', async () => {
    await openFrame(1100)
    const link = suite.phone.getByRole('link', { name: 'notes.csv' })
    await link.waitFor()
    expect(await link.getAttribute('href')).toBe('/api/notes')
  })

  story('large letters are told to the app', async () => {
    const frame = await openFrame(1100)
    await suite.phone.getByRole('button', { name: /特大/ }).click()
    await frame.getByText('Calls', { exact: true }).tap()
    await frame.getByText('System', { exact: true }).tap()
    await expectText(frame.locator('[id$="--log"]'), 'scale 1.4')
  })

  story('fills a small screen and keeps the people behind a button', async () => {
    await openFrame(360)
    const { phone } = suite
    expect(await phone.locator('#phone').boundingBox()).toMatchObject({ x: 0, y: 0, width: 360, height: 900 })
    expect(await phone.locator('#panel').isVisible()).toBe(false)
    await phone.getByRole('button', { name: '换人' }).tap()
    await phone.getByRole('button', { name: /Ann/ }).waitFor()
    expect(await seriousViolations(phone)).toEqual([])
  })
})
