import fs from 'node:fs'
import path from 'node:path'
import * as esbuild from 'esbuild'
import { isFile, splitPackage, type SourceTree } from './source-tree.js'
import type { ProblemList } from './problems.js'
import type { Project } from './project.js'
import type { AppManifest } from '../shared/app-manifest.js'

export interface BundleInput {
  /** Folder of the preview's own sources. */
  previewRoot: string
  outDir: string
  project: Project
  tree: SourceTree
  /** JavaScript expression of the compiled templates. */
  templates: string
  styles: Record<string, string>
}

const VIRTUAL = 'preview'

/** Bundles runtime, templates, styles and the app's scripts into main.js and main.css. */
export async function bundle(input: BundleInput, problems: ProblemList): Promise<void> {
  const { previewRoot, outDir, project, tree } = input
  const scripts = componentScripts(project, tree, problems)
  problems.throwIfAny()
  try {
    const result = await esbuild.build({
      entryPoints: {
        main: path.join(previewRoot, 'runtime/main.ts'),
        shell: path.join(previewRoot, 'shell/shell.ts'),
      },
      outdir: outDir,
      bundle: true,
      format: 'iife',
      target: 'es2022',
      sourcemap: true,
      minifySyntax: true,
      minifyWhitespace: true,
      metafile: true,
      logLevel: 'silent',
      tsconfigRaw: {},
      plugins: [
        virtualModules(input, scripts),
        miniProgramResolution(tree, previewRoot),
        definitions(scripts),
      ],
    })
    refuseForeignCode(result.metafile, [tree.root, previewRoot], problems)
  } catch (error) {
    const { errors } = error as Partial<esbuild.BuildFailure>
    if (!errors) throw error
    for (const { location, text } of errors) {
      problems.add(location ? `${location.file}:${location.line}` : 'bundle', text)
    }
  }
}

/** Script file → logical path of the component it defines. */
function componentScripts(project: Project, tree: SourceTree, problems: ProblemList): Map<string, string> {
  const scripts = new Map<string, string>()
  for (const { logical } of project.components) {
    const file = tree.find(logical, '.ts', '.js')
    if (file) scripts.set(file, logical)
    else problems.add(tree.display(`${tree.base(logical)}.ts`), 'is missing')
  }
  return scripts
}

/** `preview:bundle` holds the output of the build. `preview:scripts` runs the app and registers its components. */
function virtualModules(input: BundleInput, scripts: ReadonlyMap<string, string>): esbuild.Plugin {
  const { project, tree, templates, styles } = input
  const manifest: AppManifest = {
    app: project.app,
    pages: project.pages,
    components: Object.fromEntries(project.components.map(({ logical, config }) => [logical, config])),
    hasCustomTabBar: project.hasCustomTabBar,
  }
  const contents: Record<string, string> = {
    bundle: [
      `export const manifest = ${JSON.stringify(manifest)}`,
      `export const styles = ${JSON.stringify(styles)}`,
      `export const templates = ${templates}`,
    ].join('\n'),
    scripts: [tree.find('app', '.ts', '.js'), ...scripts.keys()]
      .filter((file) => file !== undefined)
      .map((file) => `import ${JSON.stringify(file)}`)
      .join('\n'),
  }
  return {
    name: 'preview-virtual-modules',
    setup(build) {
      build.onResolve({ filter: /^preview:/ }, ({ path: name }) => ({
        path: name.slice(VIRTUAL.length + 1),
        namespace: VIRTUAL,
      }))
      build.onLoad({ filter: /.*/, namespace: VIRTUAL }, ({ path: name }) => ({
        contents: contents[name],
        resolveDir: tree.root,
        loader: 'js',
      }))
    },
  }
}

/** Resolves imports as WeChat does: packages to their mini-program files, "/x" from the app's root. */
function miniProgramResolution(tree: SourceTree, previewRoot: string): esbuild.Plugin {
  const existing = (base: string): string | undefined =>
    [base, `${base}.ts`, `${base}.js`, path.join(base, 'index.ts'), path.join(base, 'index.js')].find(isFile)
  return {
    name: 'preview-resolution',
    setup(build) {
      build.onResolve({ filter: /^[^.]/ }, ({ path: specifier, importer, kind }) => {
        if (kind === 'entry-point' || importer.startsWith(previewRoot + path.sep)) return undefined
        if (path.isAbsolute(specifier)) {
          const file = isFile(specifier) ? specifier : existing(path.join(tree.root, specifier))
          return file ? { path: file } : undefined
        }
        const { name, rest } = splitPackage(specifier)
        const directory = tree.packageDirectory(name)
        const file = directory && existing(path.join(directory, rest))
        return file ? { path: file } : undefined
      })
    },
  }
}

/** Before a component's script runs, tells the runtime which component the script defines. */
function definitions(scripts: ReadonlyMap<string, string>): esbuild.Plugin {
  return {
    name: 'preview-definitions',
    setup(build) {
      build.onLoad({ filter: /\.(ts|js)$/ }, ({ path: file }) => {
        const logical = scripts.get(file)
        if (logical === undefined) return undefined
        return {
          contents: `__previewDefines(${JSON.stringify(logical)});${fs.readFileSync(file, 'utf8')}`,
          loader: file.endsWith('.ts') ? 'ts' : 'js',
          resolveDir: path.dirname(file),
        }
      })
    },
  }
}

/** A phone gets only the app's folder and npm packages. Other imports are refused, because they would work only here. */
function refuseForeignCode(metafile: esbuild.Metafile, roots: string[], problems: ProblemList): void {
  for (const [input, { imports }] of Object.entries(metafile.inputs)) {
    const importer = path.resolve(input)
    for (const { path: imported, external } of imports) {
      const file = path.resolve(imported)
      const known =
        external || imported.startsWith(`${VIRTUAL}:`) || file.includes(`${path.sep}node_modules${path.sep}`)
      if (known || roots.some((root) => file.startsWith(root + path.sep))) continue
      problems.add(path.relative(process.cwd(), importer), `imports code from outside the app: ${imported}`)
    }
  }
}
