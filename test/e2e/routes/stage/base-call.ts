import type { Part, WireCall } from './wire-call.js'

/** A valid call taken apart, so that single places in it can be changed. */
export interface BaseCall {
  method: string
  segments: string[]
  /** Names and values, encoded. */
  query: Array<[name: string, value: string]>
  headers: Record<string, string>
  body:
    | { kind: 'none' }
    | { kind: 'json'; value: unknown }
    | { kind: 'parts'; parts: Part[] }
    | { kind: 'bytes'; bytes: Buffer }
}

const BOUNDARY = 'a-boundary-that-is-in-no-file'

/** @param pieces JSON text that replaces the texts standing in for it */
export function putTogether(call: BaseCall, pieces: ReadonlyMap<string, string> = new Map()): WireCall {
  const { method, segments, query, headers, body } = call
  const search = query.map(([name, value]) => `${name}=${value}`).join('&')
  const wire: WireCall = { method, target: `/${segments.join('/')}${search ? `?${search}` : ''}`, headers }
  if (body.kind === 'none') return wire
  if (body.kind === 'bytes') return { ...wire, body: body.bytes }
  if (body.kind === 'parts') {
    const type = `multipart/form-data; boundary=${BOUNDARY}`
    return { ...wire, headers: { 'content-type': type, ...headers }, body: multipart(body.parts) }
  }
  let text = JSON.stringify(body.value)
  for (const [holder, piece] of pieces) text = text.replace(JSON.stringify(holder), () => piece)
  return { ...wire, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(text) }
}

function multipart(parts: Part[]): Buffer {
  const chunks = parts.flatMap(({ name, fileName, content }) => [
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"`, 'latin1'),
    Buffer.from(fileName === undefined ? '' : `; filename="${fileName}"`, 'latin1'),
    Buffer.from('\r\n\r\n'),
    content,
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)])
}
