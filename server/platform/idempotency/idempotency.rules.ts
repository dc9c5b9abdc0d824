import { createHash } from 'node:crypto'
import { Invalid } from '../http/errors.js'
import type { Upload } from '../http/upload.js'

/** Ms for which a key and its answer are kept: long enough for a phone that sends again the next morning. */
export const KEPT_MS = 24 * 3600_000
/** Ms after which the process of a running command counts as dead. */
export const HELD_MS = 60_000

export const KEY_HEADER = 'Idempotency-Key'
const KEY = /^[\w-]{8,64}$/

/** @returns undefined when there is no key @throws Invalid when the key is malformed */
export function keyIn(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === 'string' && KEY.test(header)) return header
  throw new Invalid('request.key', '这次提交的编号不对，请更新小程序后再试。', [
    { field: KEY_HEADER, message: '应是 8 到 64 个字母、数字、横线或下划线' },
  ])
}

/** For commands that need a key. @throws Invalid when the key is missing or malformed */
export function neededKeyIn(header: string | string[] | undefined): string {
  const key = keyIn(header)
  if (key !== undefined) return key
  throw new Invalid('request.key', '这次提交缺少编号，请更新小程序后再试。', [
    { field: KEY_HEADER, message: '没有填写' },
  ])
}

/** The content of a command, by which a repeated command is told from a different one. */
export interface Content {
  method: string
  /** The address as it was called, with its ids. */
  path: string
  body?: unknown
  /** The file's bytes count, not its name: a phone that picks the file again gives it another name. */
  upload?: { file: { bytes: Buffer }; fields: Upload['fields'] }
}

/** SHA-256 of the content as base64url, whatever the order of its fields. The body must be bounded in depth. */
export function fingerprint({ method, path, body, upload }: Content): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([method, path, inOrder(body ?? {})]))
  if (upload) {
    hash.update(JSON.stringify(inOrder(upload.fields)))
    hash.update(upload.file.bytes)
  }
  return hash.digest('base64url')
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, inOrder(inner)]))
}
