import fc from 'fast-check'
import { formatRoute, parseRoute } from '../../../miniprogram/preview/runtime/router/route.js'

describe('addresses', () => {
  it('lose their leading slash and keep values undecoded', () => {
    expect(parseRoute('/pages/a/a?x=1&title=%20b&flag&y=a=b')).toEqual({
      path: 'pages/a/a',
      query: { x: '1', title: '%20b', flag: '', y: 'a=b' },
    })
  })

  it('may be relative to the page that uses them', () => {
    expect(parseRoute('../b/b?x=1', 'pages/a/a').path).toBe('pages/b/b')
    expect(parseRoute('detail', 'packages/m/list/index').path).toBe('packages/m/list/detail')
    expect(parseRoute('/pages/b/b', 'pages/a/a').path).toBe('pages/b/b')
  })

  it('survive being written and read again', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,6}$/)
    const value = fc.string({ maxLength: 8 }).map((text) => encodeURIComponent(text))
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.dictionary(word, value),
        (parts, query) => {
          const route = { path: parts.join('/'), query: { ...query } }
          expect(parseRoute(formatRoute(route))).toEqual(route)
        },
      ),
    )
  })
})
