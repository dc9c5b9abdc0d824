import fs from 'node:fs'
import path from 'node:path'
import { withOwnIconFont } from '../../miniprogram/npm/icon-font.js'
import { filesBelow, reachableVantFiles, VANT_LIBRARY } from '../../miniprogram/npm/reachable-files.js'

const SOURCE_ROOT = 'miniprogram/src'
/** WeChat refuses a package above 2 MB; the sources weigh more than what is made of them. */
const LIMIT_BYTES = 2 * 1024 * 1024

interface AppConfig {
  pages: string[]
  subpackages: { root: string; pages: string[] }[]
}

const app = JSON.parse(fs.readFileSync(path.join(SOURCE_ROOT, 'app.json'), 'utf8')) as AppConfig
const own = filesBelow(SOURCE_ROOT)
const isBelow = (root: string) => (file: string) => file.startsWith(`${root}/`)
const weightOf = (files: string[], root: string) =>
  files.reduce((sum, file) => sum + fs.statSync(path.join(root, file)).size, 0)

describe('What is uploaded to WeChat', () => {
  it('has a main package below 2 MB, with the components it takes from Vant and their icons', () => {
    const main = own.filter((file) => !app.subpackages.some(({ root }) => isBelow(root)(file)))
    const vant = reachableVantFiles(SOURCE_ROOT, VANT_LIBRARY)
    const iconStyle = fs.readFileSync(path.join(VANT_LIBRARY, 'icon/index.wxss'), 'utf8')
    const font = withOwnIconFont(iconStyle).length - iconStyle.length

    expect(vant).toEqual(expect.arrayContaining(['button/index.js', 'common/component.js', 'wxs/utils.wxs']))
    expect(vant).not.toContain('calendar/index.js')
    expect(weightOf(main, SOURCE_ROOT) + weightOf(vant, VANT_LIBRARY) + font).toBeLessThan(LIMIT_BYTES)
  })

  it.each(app.subpackages)('has the subpackage $root below 2 MB', ({ root }) => {
    const files = own.filter(isBelow(root))
    expect(files.length).toBeGreaterThan(0)
    expect(weightOf(files, SOURCE_ROOT)).toBeLessThan(LIMIT_BYTES)
  })

  it('carries its icons along instead of loading them from another server', () => {
    const style = withOwnIconFont(fs.readFileSync(path.join(VANT_LIBRARY, 'icon/index.wxss'), 'utf8'))
    expect(style).toContain('data:font/woff2')
    expect(style).not.toContain('//at.alicdn.com')
  })
})
