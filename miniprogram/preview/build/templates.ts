import fs from 'node:fs'
import path from 'node:path'
import { TmplGroup } from 'glass-easel-template-compiler'
import { NPM_PREFIX, type SourceTree } from './source-tree.js'
import { inlineWxsToJavaScript, requiredWxs, wxsToJavaScript } from './wxs-source.js'
import { objectionTo, usedTags } from './template-tags.js'
import type { ProblemList } from './problems.js'
import type { Project, ProjectComponent } from './project.js'

/** Logical path of the template of the built-in scroll-view. Its children are in an inner block. */
export const SCROLL_VIEW_TEMPLATE = 'wx-builtin/scroll-view'

interface TemplateWarning {
  isError: boolean
  level: number
  message: string
  startLine: number
}

/** Compiles all WXML and WXS to one JavaScript expression: a map from logical path to template. */
export function compileTemplates(project: Project, tree: SourceTree, problems: ProblemList): string {
  const compiler = new TemplateCompilation(tree, problems)
  for (const component of project.components) compiler.addComponent(component)
  return compiler.finish()
}

class TemplateCompilation {
  private readonly group = new TmplGroup()
  private readonly templates = new Map<string, string>()
  private readonly scripts = new Set<string>()

  constructor(
    private readonly tree: SourceTree,
    private readonly problems: ProblemList,
  ) {
    this.group.setExtraRuntimeScript(
      'Q.A=(f,p)=>globalThis.__wxsChange(f,p);Q.C=(c,e,f,p)=>globalThis.__wxsEvent(c,e,f,p);',
    )
  }

  addComponent(component: ProjectComponent): void {
    this.addTemplate(component.logical)
    if (component.isOwn) this.checkTags(component)
  }

  finish(): string {
    this.group.addTmpl(SCROLL_VIEW_TEMPLATE, '<preview-scroll-content><slot/></preview-scroll-content>')
    return this.group.getTmplGenObjectGroups()
  }

  private addTemplate(logical: string): void {
    if (this.templates.has(logical)) return
    const file = this.tree.find(logical, '.wxml')
    this.templates.set(logical, file ? fs.readFileSync(file, 'utf8') : '')
    if (!file) {
      this.problems.add(this.tree.display(`${this.tree.base(logical)}.wxml`), 'is missing')
      return
    }
    const source = inlineWxsToJavaScript(this.templates.get(logical) ?? '')
    const warnings = this.group.addTmpl(logical, source) as TemplateWarning[] | undefined
    for (const warning of warnings ?? []) {
      if (isOwn(logical) || warning.isError) {
        this.problems.add(`${this.tree.display(file)}:${warning.startLine}`, warning.message)
      }
    }
    const beside = (reference: string): string => path.posix.join(path.posix.dirname(logical), reference)
    for (const dependency of this.group.getDirectDependencies(logical) as string[])
      this.addTemplate(dependency)
    for (const script of this.group.getScriptDependencies(logical) as string[]) this.addScript(script)
    for (const script of requiredWxs(source)) this.addScript(beside(script))
  }

  private addScript(logical: string): void {
    if (this.scripts.has(logical)) return
    this.scripts.add(logical)
    const file = this.tree.find(logical, '.wxs')
    if (!file) {
      this.problems.add(this.tree.display(`${this.tree.base(logical)}.wxs`), 'is missing')
      return
    }
    const source = fs.readFileSync(file, 'utf8')
    this.group.addScript(logical, wxsToJavaScript(source))
    for (const required of requiredWxs(source)) {
      this.addScript(path.posix.join(path.posix.dirname(logical), required))
    }
  }

  private checkTags(component: ProjectComponent): void {
    const { usingComponents = {}, componentGenerics = {} } = component.config
    const declared = new Set([...Object.keys(usingComponents), ...Object.keys(componentGenerics)])
    for (const logical of this.withIncluded(component.logical)) {
      for (const tag of usedTags(this.templates.get(logical) ?? '')) {
        const objection = objectionTo(tag.name, declared)
        const file = this.tree.display(`${this.tree.base(logical)}.wxml`)
        if (objection) this.problems.add(`${file}:${tag.line}`, objection)
      }
    }
  }

  private withIncluded(logical: string, seen = new Set<string>()): Set<string> {
    if (seen.has(logical) || !this.templates.get(logical)) return seen
    seen.add(logical)
    for (const included of this.group.getDirectDependencies(logical) as string[])
      this.withIncluded(included, seen)
    return seen
  }
}

function isOwn(logical: string): boolean {
  return !logical.startsWith(NPM_PREFIX)
}
