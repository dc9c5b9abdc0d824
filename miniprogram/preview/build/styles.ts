import fs from 'node:fs'
import path from 'node:path'
import less from 'less'
import postcss from 'postcss'
import { rpxToVw } from '../shared/rpx.js'
import { toDomSelector } from './selectors.js'
import { isFile, type SourceTree } from './source-tree.js'
import type { ProblemList } from './problems.js'
import type { Project } from './project.js'

type ReplaceRemoteFont = (css: string) => string

/** Styles by logical path, `app` included; components without a style file are absent. */
export async function compileStyles(
  project: Project,
  tree: SourceTree,
  problems: ProblemList,
  replaceRemoteFont: ReplaceRemoteFont,
): Promise<Record<string, string>> {
  const styles: Record<string, string> = {}
  for (const logical of ['app', ...project.components.map((component) => component.logical)]) {
    const file = tree.find(logical, '.less', '.wxss', '.css')
    if (!file) continue
    try {
      styles[logical] = toDomStyle(await plainCss(file, tree, problems), replaceRemoteFont)
    } catch (error) {
      const { filename, line, message } = error as { filename?: string; line?: number; message: string }
      problems.add(`${tree.display(filename ?? file)}${line ? `:${line}` : ''}`, message)
    }
  }
  return styles
}

async function plainCss(file: string, tree: SourceTree, problems: ProblemList): Promise<string> {
  const source = fs.readFileSync(file, 'utf8')
  if (!file.endsWith('.less')) return withImports(file, tree, problems)
  const output = await less.render(source, { filename: file, paths: [tree.root] })
  return output.css
}

/** WXSS imports insert the text of a file. Each file is inserted once, at its first import. */
function withImports(
  file: string,
  tree: SourceTree,
  problems: ProblemList,
  seen = new Set<string>(),
): string {
  if (seen.has(file)) return ''
  seen.add(file)
  const source = fs.readFileSync(file, 'utf8')
  return source.replace(/@import\s+(?:url\()?\s*['"]([^'"]+)['"]\s*\)?\s*;/g, (_, reference: string) => {
    const target = reference.startsWith('/')
      ? path.join(tree.root, reference)
      : path.resolve(path.dirname(file), reference)
    if (isFile(target)) return withImports(target, tree, problems, seen)
    problems.add(tree.display(file), `imported style "${reference}" does not exist`)
    return ''
  })
}

/** Rewrites units and selectors for the browser. Selectors inside @keyframes are not changed. */
export function toDomStyle(css: string, replaceRemoteFont: ReplaceRemoteFont = (value) => value): string {
  const sheet = postcss.parse(css)
  sheet.walkRules((rule) => {
    const { parent } = rule
    if (parent?.type === 'atrule' && /keyframes$/.test((parent as postcss.AtRule).name)) return
    rule.selector = toDomSelector(rule.selector)
  })
  sheet.walkDecls((declaration) => {
    declaration.value = rpxToVw(declaration.value)
    if (declaration.prop === 'src') declaration.value = replaceRemoteFont(declaration.value)
  })
  sheet.walkAtRules((rule) => {
    rule.params = rpxToVw(rule.params)
  })
  return sheet.toString()
}
