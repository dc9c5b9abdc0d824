import {
  inlineWxsToJavaScript,
  requiredWxs,
  wxsToJavaScript,
} from '../../../miniprogram/preview/build/wxs-source.js'
import { usedTags } from '../../../miniprogram/preview/build/template-tags.js'

describe('WXS', () => {
  it('compares constructors as names', () => {
    expect(wxsToJavaScript("a.b[0].constructor === 'Array'")).toBe("__wxsTypeName(a.b[0]) === 'Array'")
  })

  it('keeps backslashes of patterns, however they were written', () => {
    expect(wxsToJavaScript(String.raw`getRegExp('\d+\.', 'g')`)).toBe(String.raw`getRegExp('\\d+\\.', 'g')`)
    expect(wxsToJavaScript(String.raw`getRegExp("\\d")`)).toBe(String.raw`getRegExp("\\d")`)
  })

  it('names required modules as the compiler does', () => {
    const source = 'var a = require(\'./a.wxs\'); var b = require("../b")'
    expect(wxsToJavaScript(source)).toBe('var a = require(\'./a\'); var b = require("../b")')
    expect(requiredWxs(source)).toEqual(['./a', '../b'])
  })

  it('is translated inside templates without touching the markup', () => {
    const template = '<view data-x="a.constructor" /><wxs module="m">var t = x.constructor</wxs>'
    expect(inlineWxsToJavaScript(template)).toBe(
      '<view data-x="a.constructor" /><wxs module="m">var t = __wxsTypeName(x)</wxs>',
    )
  })

  it('is not mistaken for markup', () => {
    const tags = usedTags(
      '<wxs module="m">var a = 1 <b</wxs>\n<!-- <i /> -->\n<view wx:if="{{ a <c }}"><text /></view>',
    )
    expect(tags).toEqual([
      { name: 'view', line: 3 },
      { name: 'text', line: 3 },
    ])
  })
})
