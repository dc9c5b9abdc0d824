import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface Sources {
  root: string
  out: string
  remove(): void
}

const PAGE = 'Page({})'

/** The smallest app: one page without content. */
const SMALLEST: Record<string, string> = {
  'app.json': JSON.stringify({ pages: ['pages/a/a'] }),
  'app.js': 'App({})',
  'pages/a/a.js': PAGE,
  'pages/a/a.wxml': '<view>a</view>',
  'pages/a/a.json': '{}',
}

/** Writes an app to a temporary folder; `files` are added to the smallest app or replace its files. */
export function writeSources(files: Record<string, string>): Sources {
  const folder = mkdtempSync(path.join(tmpdir(), 'preview-sources-'))
  const root = path.join(folder, 'src')
  for (const [name, content] of Object.entries({ ...SMALLEST, ...files })) {
    const file = path.join(root, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return {
    root,
    out: path.join(folder, 'out'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
