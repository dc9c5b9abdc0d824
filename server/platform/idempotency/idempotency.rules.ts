import { createHash } from 'node:crypto'
import { Invalid } from '../http/errors.js'

/** Long enough for a phone that comes back the next morning. */
export const KEPT_MS = 24 * 3600_000
/** A command that runs longer belongs to a process that has died. */
export const HELD_MS = 60_000

export const KEY_HEADER = 'Idempotency-Key'
const KEY = /^[\w-]{8,64}$/

/** @throws Invalid when there is a key that is none */
export function keyIn(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === 'string' && KEY.test(header)) return header
  throw new Invalid('request.key', '这次提交的编号不对，请更新小程序后再试。', [
    { field: KEY_HEADER, message: '应是 8 到 64 个字母、数字、横线或下划线' },
  ])
}

/** For commands that may not be sent without one. @throws Invalid when there is none */
export function neededKeyIn(header: string | string[] | undefined): string {
  const key = keyIn(header)
  if (key !== undefined) return key
  throw new Invalid('request.key', '这次提交缺少编号，请更新小程序后再试。', [
    { field: KEY_HEADER, message: '没有填写' },
  ])
}

/** What a command says, so that two can be told apart. */
export interface Content {
  method: string
  /** The address as it was called, with its ids. */
  path: string
  body?: unknown
  /** The file by its bytes: a phone that picks it again gives it another name. */
  upload?: { file: { bytes: Buffer }; fields: Record<string, string | undefined> }
}

/** The same for the same content, in whatever order its fields come. The body must be bounded in depth. */
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
