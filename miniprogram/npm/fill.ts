import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { withOwnIconFont } from './icon-font.js'
import { reachableVantFiles, VANT_LIBRARY } from './reachable-files.js'

const SOURCE_ROOT = 'miniprogram/src'
const TARGET = `${SOURCE_ROOT}/miniprogram_npm/@vant/weapp`

/** Does the same as 构建 npm in WeChat DevTools, but only for files that are used. Run it from the repository's root. */
function fill(): void {
  fs.rmSync(TARGET, { recursive: true, force: true })
  const files = reachableVantFiles(SOURCE_ROOT, VANT_LIBRARY)
  for (const file of files) {
    const target = path.join(TARGET, file)
    fs.mkdirSync(path.dirname(target), { recursive: true })
    const text = fs.readFileSync(path.join(VANT_LIBRARY, file), 'utf8')
    fs.writeFileSync(target, file === 'icon/index.wxss' ? withOwnIconFont(text) : text)
  }
  process.stdout.write(`miniprogram_npm: ${files.length} files of @vant/weapp\n`)
}

fill()
