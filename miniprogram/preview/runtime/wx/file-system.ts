import { refuse } from '../engine/failures.js'
import { api } from './api.js'
import { fileAt } from './temporary-files.js'

interface ReadOptions {
  filePath: string
  encoding?: string
}

function read(path: string, encoding?: string): string | ArrayBuffer {
  const { bytes } = fileAt(path)
  return encoding ? new TextDecoder(encoding).decode(bytes) : bytes
}

const available: Record<string, unknown> = {
  readFileSync: read,
  readFile: api('readFile', ({ filePath, encoding }: ReadOptions) => ({ data: read(filePath, encoding) })),
}

const manager = new Proxy(available, {
  get(target, name) {
    if (typeof name !== 'string' || name in target) return Reflect.get(target, name) as unknown
    return () => refuse(`wx.getFileSystemManager().${name}`)
  },
})

/** The file system manager. It can only read files. */
export function getFileSystemManager(): object {
  return manager
}
