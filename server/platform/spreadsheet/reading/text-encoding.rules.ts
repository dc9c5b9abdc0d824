import { isUtf8 } from 'node:buffer'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

const MARKS: ReadonlyArray<readonly [TextEncoding, Buffer]> = [
  ['utf-8', Buffer.from('efbbbf', 'hex')],
  ['utf-16le', Buffer.from('fffe', 'hex')],
  ['utf-16be', Buffer.from('feff', 'hex')],
]

/** Whether a file begins with these bytes. */
export const startsWith = (bytes: Buffer, signature: Buffer): boolean =>
  bytes.subarray(0, signature.length).equals(signature)

/**
 * Detects the encoding of a text: by its mark, else UTF-8 when it is valid as such, else GB18030, in which Excel
 * saves CSV on a Chinese Windows. Chinese text of more than a few characters is never valid as both.
 */
export function encodingOf(bytes: Buffer): TextEncoding {
  const marked = MARKS.find(([, mark]) => startsWith(bytes, mark))
  if (marked) return marked[0]
  return isUtf8(bytes) ? 'utf-8' : 'gb18030'
}

const SAMPLE_BYTES = 8 * 1024
/** Control characters that no text holds. Tabs and the ends of lines and pages are allowed. */
const CONTROLS = /[\u0000-\u0008\u000e-\u001f]/

/** Whether these bytes may be a text. Pictures, archives and programs hold control characters near their start. */
export function looksLikeText(bytes: Buffer): boolean {
  const encoding = encodingOf(bytes)
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return true
  return !CONTROLS.test(sample.toString('latin1'))
}
