import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildPreview } from '../../../miniprogram/preview/build/build.js'
import { PreviewBuildError } from '../../../miniprogram/preview/build/problems.js'
import { writeSources, type Sources } from './sources.js'

let sources: Sources | undefined

afterEach(() => sources?.remove())

async function build(files: Record<string, string>): Promise<string> {
  sources = writeSources(files)
  await buildPreview({ sourceRoot: sources.root, outDir: sources.out })
  return readFileSync(path.join(sources.out, 'main.js'), 'utf8')
}

async function problemsOf(files: Record<string, string>): Promise<readonly string[]> {
  const failure = await build(files).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(PreviewBuildError)
  return (failure as PreviewBuildError).problems
}

const using = (components: Record<string, string>): string => JSON.stringify({ usingComponents: components })

describe('the build', () => {
  it('refuses a component nobody declared, with file and line', async () => {
    const [problem, ...more] = await problemsOf({ 'pages/a/a.wxml': '<view>\n  <fancy-box />\n</view>' })
    expect(problem).toMatch(/pages\/a\/a\.wxml:2: unknown component <fancy-box>/)
    expect(more).toEqual([])
  })

  it('refuses a built-in component the preview lacks', async () => {
    const [problem] = await problemsOf({ 'pages/a/a.wxml': '<map />' })
    expect(problem).toMatch(/pages\/a\/a\.wxml:1: <map> is not available in the browser preview$/)
  })

  it('sees unknown components in included templates too', async () => {
    const [problem] = await problemsOf({
      'pages/a/a.wxml': '<include src="./part.wxml" />',
      'pages/a/part.wxml': '<!-- <ghost /> -->\n<view>{{ 1 <two }}</view>\n<fancy-box />',
    })
    expect(problem).toMatch(/pages\/a\/part\.wxml:3: unknown component <fancy-box>/)
  })

  it('refuses a declared component that does not exist', async () => {
    const problems = await problemsOf({ 'pages/a/a.json': using({ box: '/components/box/box' }) })
    expect(problems).toEqual([
      expect.stringMatching(/pages\/a\/a\.json: component "\/components\/box\/box" does/),
    ])
  })

  it('refuses a page that app.json names and nobody wrote', async () => {
    const app = { pages: ['pages/a/a'], subPackages: [{ root: 'packages/b', pages: ['c/c'] }] }
    const problems = await problemsOf({ 'app.json': JSON.stringify(app) })
    expect(problems).toEqual([expect.stringMatching(/packages\/b\/c\/c: page does not exist/)])
  })

  it('refuses a component without a script', async () => {
    const problems = await problemsOf({
      'pages/a/a.json': using({ box: '/components/box/box' }),
      'components/box/box.json': '{ "component": true }',
      'components/box/box.wxml': '<view />',
    })
    expect(problems).toEqual([expect.stringMatching(/components\/box\/box\.ts: is missing/)])
  })

  it('refuses a template that cannot be read', async () => {
    const problems = await problemsOf({ 'pages/a/a.wxml': '<view>\n<view wx:if="{{ a + }}">' })
    expect(problems.join('\n')).toMatch(/pages\/a\/a\.wxml:\d+: /)
  })

  it('refuses missing style, WXS and script imports, all at once', async () => {
    const problems = await problemsOf({
      'pages/a/a.wxml': '<wxs src="./gone.wxs" module="m" /><view>{{ m.x }}</view>',
      'pages/a/a.wxss': '@import "./lost.wxss";',
      'app.less': '@import "./missing.less";',
    })
    expect(problems).toHaveLength(3)
    expect(problems.join('\n')).toMatch(/gone\.wxs: is missing/)
    expect(problems.join('\n')).toMatch(/a\.wxss: imported style ".\/lost.wxss" does not exist/)
    expect(problems.join('\n')).toMatch(/app\.less:1: .*missing\.less/)
    expect(await problemsOf({ 'pages/a/a.js': "import './nowhere'\nPage({})" })).toEqual([
      expect.stringMatching(/pages\/a\/a\.js:1: Could not resolve "\.\/nowhere"/),
    ])
  })

  it('refuses code from outside the app, which a phone would not receive', async () => {
    const problems = await problemsOf({
      'pages/a/a.ts': "import { secret } from '../../../outside'\nPage({ data: { secret } })",
      'pages/a/a.js': '',
      '../outside.ts': 'export const secret = 1',
    })
    expect(problems).toEqual([
      expect.stringMatching(/pages\/a\/a\.ts: imports code from outside the app: .*outside\.ts/),
    ])
  })

  it('lets type-only imports from outside vanish', async () => {
    const bundle = await build({
      'pages/a/a.ts': "import type { Secret } from '../../../outside'\nPage({ data: { one: 1 as Secret } })",
      '../outside.ts': "export type Secret = number\nexport const marker = 'must-not-be-bundled'",
    })
    expect(bundle).toContain('one:1')
    expect(bundle).not.toContain('must-not-be-bundled')
  })

  it('prefers TypeScript, compiles LESS and finds pages of subpackages', async () => {
    const app = { pages: ['pages/a/a'], subpackages: [{ root: 'packages/b', pages: ['c/c'] }] }
    const bundle = await build({
      'app.json': JSON.stringify(app),
      'packages/b/c/c.ts': "const word: string = 'from typescript'\nPage({ data: { word } })",
      'packages/b/c/c.wxml': '<view class="box">{{ word }}</view>',
      'packages/b/c/c.less': "@import '/styles/tokens.less';\n.box { .inner { width: @wide; } }",
      'styles/tokens.less': '@wide: 75rpx;',
    })
    expect(bundle).toContain('"packages/b/c/c"')
    expect(bundle).toContain('from typescript')
    expect(bundle).toContain('10vw')
  })

  it('replaces a former build and leaves any other folder alone', async () => {
    sources = writeSources({})
    mkdirSync(sources.out, { recursive: true })
    const kept = path.join(sources.out, 'kept.txt')
    writeFileSync(kept, 'mine')
    await buildPreview({ sourceRoot: sources.root, outDir: sources.out })
    expect(existsSync(kept)).toBe(true)
    await buildPreview({ sourceRoot: sources.root, outDir: sources.out })
    expect(existsSync(kept)).toBe(false)
    for (const file of ['index.html', 'app.html', 'main.js', 'main.css', 'shell.js', 'fonts.css']) {
      expect(existsSync(path.join(sources.out, file))).toBe(true)
    }
  })

  it('keeps every page free of inline scripts', async () => {
    await build({})
    for (const page of ['index.html', 'app.html']) {
      const html = readFileSync(path.join(sources?.out ?? '', page), 'utf8')
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/)
      expect(html).not.toMatch(/\son\w+=/)
    }
  })
})
