import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const SOURCES = resolve(__dirname, '../../miniprogram/src')
const VANT = resolve(__dirname, '../../node_modules/@vant/weapp/dist')

/** What every element may have. */
const OF_THE_PLATFORM = /^(bind|catch|capture|wx:|class$|style$|slot$|id$|data-|aria-|role$|hidden$)/
const OF_VANT = /-class$/

/** A component with what it is made of: properties come from its mixins too. */
function scriptOf(component: string): string {
  const main = join(VANT, component, 'index.js')
  const script = readFileSync(main, 'utf8')
  const parts = [...script.matchAll(/from '(\.[^']+)'/g)]
    .map(([, path]) => resolve(dirname(main), `${path}.js`))
    .filter((path) => existsSync(path))
  return [script, ...parts.map((path) => readFileSync(path, 'utf8'))].join('\n')
}

const camelCase = (name: string): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

describe('A Vant component is told only what it listens to', () => {
  const pages = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.wxml'),
  )

  it('because WeChat says nothing about an attribute that nobody reads', () => {
    const unheard: string[] = []
    let looked = 0
    for (const page of pages) {
      const markup = readFileSync(join(SOURCES, page), 'utf8')
      for (const [, component = '', attributes = ''] of markup.matchAll(
        /<van-([a-z-]+)((?:\s+[\w:.-]+(?:="[^"]*")?)*)/g,
      )) {
        const script = scriptOf(component)
        for (const [, name = ''] of attributes.matchAll(/([\w:.-]+)(?:="[^"]*")?/g)) {
          if (OF_THE_PLATFORM.test(name) || OF_VANT.test(name)) continue
          looked += 1
          const property = new RegExp(`[{,\\s]${camelCase(name)}\\s*:`)
          if (!property.test(script)) unheard.push(`${page}: <van-${component} ${name}>`)
        }
      }
    }
    expect(looked).toBeGreaterThan(50)
    expect(unheard).toEqual([])
  })
})
