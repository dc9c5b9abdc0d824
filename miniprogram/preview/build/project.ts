import path from 'node:path'
import { NPM_PREFIX, readJson, type SourceTree } from './source-tree.js'
import type { ProblemList } from './problems.js'
import type { AppConfig, ComponentConfig } from '../shared/app-manifest.js'

export interface ProjectComponent {
  logical: string
  isPage: boolean
  /** Whether it belongs to the app itself and not to an npm package. */
  isOwn: boolean
  /** References in usingComponents are absolute logical paths with a leading slash. */
  config: ComponentConfig
}

export interface Project {
  app: AppConfig
  pages: string[]
  components: ProjectComponent[]
  hasCustomTabBar: boolean
}

/** Reads app.json and all files it refers to, directly or indirectly. Missing files become problems. */
export function readProject(tree: SourceTree, problems: ProblemList): Project {
  const appFile = tree.find('app', '.json')
  if (!appFile) {
    problems.add(tree.display(path.join(tree.root, 'app.json')), 'is missing')
    return { app: { pages: [] }, pages: [], components: [], hasCustomTabBar: false }
  }
  const app = readJson<AppConfig>(appFile)
  const pages = pageRoutes(app)
  const collected = new Map<string, ProjectComponent>()

  const visit = (logical: string, isPage: boolean): void => {
    if (collected.has(logical)) return
    const configFile = tree.find(logical, '.json')
    if (!configFile && !tree.find(logical, '.wxml')) {
      problems.add(tree.display(tree.base(logical)), `${isPage ? 'page' : 'component'} does not exist`)
      return
    }
    const config = configFile ? readJson<ComponentConfig>(configFile) : {}
    const isOwn = !logical.startsWith(NPM_PREFIX)
    const component: ProjectComponent = { logical, isPage, isOwn, config: { ...config } }
    collected.set(logical, component)

    const resolve = (reference: string, from: string): string | undefined => {
      const target = tree.resolveComponent(reference, from)
      if (!target)
        problems.add(tree.display(configFile ?? appFile), `component "${reference}" does not exist`)
      else visit(target, false)
      return target && `/${target}`
    }
    const resolveAll = (declared: Record<string, string> = {}, from: string): Record<string, string> =>
      Object.fromEntries(
        Object.entries(declared).flatMap(([tag, reference]) => {
          const target = resolve(reference, from)
          return target ? [[tag, target]] : []
        }),
      )
    component.config.usingComponents = {
      ...(isOwn ? resolveAll(app.usingComponents, 'app') : {}),
      ...resolveAll(config.usingComponents, logical),
    }
    if (config.componentGenerics) {
      component.config.componentGenerics = Object.fromEntries(
        Object.entries(config.componentGenerics).map(([name, generic]) => {
          const fallback = typeof generic === 'object' ? generic.default : undefined
          return [name, fallback ? { default: resolve(fallback, logical) } : generic]
        }),
      )
    }
    component.config.component = !!config.component && !isPage
  }

  for (const page of pages) visit(page, true)
  const hasCustomTabBar = app.tabBar?.custom === true
  if (hasCustomTabBar) visit('custom-tab-bar/index', false)
  return { app, pages, components: [...collected.values()], hasCustomTabBar }
}

function pageRoutes(app: AppConfig): string[] {
  const subPackages = app.subPackages ?? app.subpackages ?? []
  return [
    ...app.pages,
    ...subPackages.flatMap((part) => part.pages.map((page) => path.posix.join(part.root, page))),
  ]
}
