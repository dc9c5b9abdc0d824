import fs from 'node:fs'
import path from 'node:path'

const ASSET = /\.(png|jpe?g|gif|svg|webp|ico|mp3|m4a|ttf|woff2?)$/i
const SKIPPED = new Set(['node_modules', 'miniprogram_npm'])

/** Copies images, sounds and fonts to the same paths as in the sources. */
export function copyAssets(from: string, to: string): void {
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name)
    const target = path.join(to, entry.name)
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) copyAssets(source, target)
    } else if (ASSET.test(entry.name)) {
      fs.mkdirSync(to, { recursive: true })
      fs.copyFileSync(source, target)
    }
  }
}
