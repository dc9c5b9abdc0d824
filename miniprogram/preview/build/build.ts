import fs from 'node:fs'
import path from 'node:path'
import { copyAssets } from './assets.js'
import { bundle } from './bundle.js'
import { vantIconReplacement, writeTextFonts } from './fonts.js'
import { ProblemList } from './problems.js'
import { readProject } from './project.js'
import { SourceTree } from './source-tree.js'
import { compileStyles } from './styles.js'
import { compileTemplates } from './templates.js'

export interface PreviewBuildOptions {
  /** Folder that holds app.json. */
  sourceRoot: string
  /** Output folder. An earlier build in it is replaced. */
  outDir: string
  /** Folder of the preview's own sources; by default that of the repository. */
  previewRoot?: string
}

export interface PreviewBuildSummary {
  pages: number
  components: number
  /** Size of main.js. */
  bytes: number
}

/**
 * Compiles a native mini-program to static files that run in a browser.
 * @throws PreviewBuildError with every file that has a problem.
 */
export async function buildPreview(options: PreviewBuildOptions): Promise<PreviewBuildSummary> {
  const outDir = path.resolve(options.outDir)
  const previewRoot = path.resolve(options.previewRoot ?? 'miniprogram/preview')
  const problems = new ProblemList()
  const tree = new SourceTree(options.sourceRoot)

  const project = readProject(tree, problems)
  const templates = compileTemplates(project, tree, problems)
  const styles = await compileStyles(project, tree, problems, vantIconReplacement(tree))
  problems.throwIfAny()

  prepare(outDir)
  await bundle({ previewRoot, outDir, project, tree, templates, styles }, problems)
  writeTextFonts(tree, outDir, problems)
  problems.throwIfAny()
  copyAssets(tree.root, outDir)
  for (const page of ['index.html', 'app.html']) {
    fs.copyFileSync(path.join(previewRoot, 'shell', page), path.join(outDir, page))
  }
  return {
    pages: project.pages.length,
    components: project.components.length - project.pages.length,
    bytes: fs.statSync(path.join(outDir, 'main.js')).size,
  }
}

/** Empties a folder only when it contains an earlier build, so that a wrong --out deletes nothing else. */
function prepare(outDir: string): void {
  const isFormerBuild = fs.existsSync(path.join(outDir, 'main.js'))
  if (isFormerBuild) fs.rmSync(outDir, { recursive: true })
  fs.mkdirSync(outDir, { recursive: true })
}
