import process from 'node:process'
import { parseArgs } from 'node:util'
import { buildPreview } from './build.js'
import { PreviewBuildError } from './problems.js'

const { values } = parseArgs({
  options: {
    source: { type: 'string', default: 'miniprogram/src' },
    out: { type: 'string', default: 'dist/preview' },
  },
})

async function main(): Promise<void> {
  const startedAt = performance.now()
  const { pages, components, bytes } = await buildPreview({ sourceRoot: values.source, outDir: values.out })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(
    `preview: ${pages} pages, ${components} components, ${(bytes / 1024).toFixed(0)} KiB in ${seconds} s → ${values.out}\n`,
  )
}

main().catch((error: unknown) => {
  const text = error instanceof PreviewBuildError ? error.message : (error as Error).stack
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
})
