import type {} from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Invalid } from './errors.js'

/** Bytes of an uploaded file at most, because it is read into memory. */
export const MOST_UPLOAD_BYTES = 32 * 1024 * 1024

/** Our uploads have one file and a few short fields. More is refused. */
export const UPLOAD_LIMITS = {
  fileSize: MOST_UPLOAD_BYTES,
  files: 1,
  fields: 10,
  fieldSize: 4096,
  fieldNameSize: 100,
}

export interface Upload {
  /** `name` is empty when the file came without one. */
  file: { name: string; bytes: Buffer }
  /** The text fields sent before the file; all values of one that was sent several times. */
  fields: Record<string, string | string[] | undefined>
}

/** A body can be read only once, but both the command and its idempotency key need its content. */
const reading = new WeakMap<FastifyRequest, Promise<Upload>>()

/** @throws Invalid when the file is missing or incomplete; the framework refuses one that is too large with 413 */
export function readUpload(request: FastifyRequest): Promise<Upload> {
  const known = reading.get(request)
  if (known) return known
  const upload = read(request)
  reading.set(request, upload)
  return upload
}

async function read(request: FastifyRequest): Promise<Upload> {
  const part = request.isMultipart() ? await whole(() => request.file()) : undefined
  if (!part) {
    throw new Invalid('request.file-missing', '没有收到文件，请重新选择文件后上传。', [
      { field: 'file', message: '没有选择文件' },
    ])
  }
  const bytes = await whole(() => part.toBuffer())
  const fields: Upload['fields'] = {}
  for (const [name, field] of Object.entries(part.fields)) {
    const values = [field].flat().flatMap((part) => (part && 'value' in part ? String(part.value) : []))
    if (values.length > 0) fields[name] = values.length === 1 ? values[0] : values
  }
  // A part may have no name, although its type says that it has one.
  const name = (part.filename as string | undefined) ?? ''
  return { file: { name, bytes }, fields }
}

/** The parser's own refusals have a status. Its other errors mean that the body ended early or is malformed. */
async function whole<T>(readPart: () => Promise<T>): Promise<T> {
  try {
    return await readPart()
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) throw error
    throw new Invalid('request.file-broken', '文件没有传完整，请检查网络后重新上传。', [
      { field: 'file', message: '没有传完整' },
    ])
  }
}
