import fc from 'fast-check'
import { toDomSelector } from '../../../miniprogram/preview/build/selectors.js'
import { toDomStyle } from '../../../miniprogram/preview/build/styles.js'
import { rpxToVw } from '../../../miniprogram/preview/shared/rpx.js'

describe('rpx', () => {
  it('is a 750th of the page width', () => {
    expect(rpxToVw('width: 750rpx; margin: -7.5rpx .75rpx 0')).toBe('width: 100vw; margin: -1vw 0.1vw 0')
  })

  it('leaves everything that is no length alone', () => {
    expect(rpxToVw('--rpx: 1; width: 10px; content: "arpx"')).toBe('--rpx: 1; width: 10px; content: "arpx"')
  })

  it('keeps proportions for every amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 5000 }), (amount) => {
        const vw = Number(/^(-?[\d.]+)vw$/.exec(rpxToVw(`${amount}rpx`))?.[1])
        expect(vw * 7.5).toBeCloseTo(amount, 2)
      }),
    )
  })
})

describe('selectors', () => {
  const cases: [wxss: string, dom: string][] = [
    ['.title', '.@@title'],
    ['page', 'wx-page'],
    ['view.row > text', 'wx-view.@@row > wx-text'],
    ['#name', '[id$="--name"]'],
    [':host(.big) .x', '[wx-host="@#"](.@@big) .@@x'],
    ['.a:not(.b)::after', '.@@a:not(.@@b)::after'],
    ['.list view:nth-child(2n + 1)', '.@@list wx-view:nth-child(2n + 1)'],
    ['.van-button--primary', '.@@van-button--primary'],
    ['[data-x="view.row"] scroll-view', '[data-x="view.row"] wx-scroll-view'],
    ['van-cell', 'van-cell'],
  ]
  it.each(cases)('%s becomes %s', (wxss, dom) => {
    expect(toDomSelector(wxss)).toBe(dom)
  })

  it('marks every class exactly once', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/)
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
        const selector = names.map((each) => `.${each}`).join(' ')
        expect(toDomSelector(selector)).toBe(names.map((each) => `.@@${each}`).join(' '))
      }),
    )
  })
})

describe('style sheets', () => {
  it('keep the steps of animations and scope the rest', () => {
    const css = toDomStyle('@keyframes turn { from { left: 0 } to { left: 75rpx } }\n.a { width: 75rpx }')
    expect(css).toBe('@keyframes turn { from { left: 0 } to { left: 10vw } }\n.@@a { width: 10vw }')
  })

  it('convert lengths in variables and media queries', () => {
    expect(toDomStyle('page { --gap: 15rpx }')).toBe('wx-page { --gap: 2vw }')
    expect(toDomStyle('@media (min-width: 750rpx) { .a { color: red } }')).toContain('(min-width: 100vw)')
  })

  it('give font sources to whoever replaces remote ones', () => {
    const css = toDomStyle(
      '@font-face { font-family: x; src: url(https://far/away.woff2) }',
      () => 'url(near.woff2)',
    )
    expect(css).toContain('src: url(near.woff2)')
  })
})
