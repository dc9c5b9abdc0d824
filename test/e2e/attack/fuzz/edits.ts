import fc from 'fast-check'
import type { BaseCall } from '../../routes/stage/base-call.js'
import type { RoutePlaces } from './described-places.js'
import { headerValue, jsonPiece, queryValue, segment, UNASKED_NAMES, wholeBody } from './hostile-values.js'

/** One change to a valid call. `piece` goes into the body as JSON text, so that it may be none. */
export type Edit =
  | { at: 'segment'; index: number; value: string }
  | { at: 'query'; name: string; how: 'set' | 'twice' | 'list' | 'nested'; value: string }
  | { at: 'header'; name: string; value: string }
  | { at: 'property'; path: string; how: 'set' | 'wrap' | 'remove'; piece: string }
  | { at: 'unasked'; path: string; name: string; piece: string }
  | { at: 'body'; bytes: Buffer; mediaType?: string; encoding?: string }
  | { at: 'file'; bytes: Buffer; fileName: string }
  | { at: 'field'; name: string; value: string }
  | { at: 'method'; method: string }

/** Of every route, though the description does not name them. */
const COMMON_HEADERS = ['authorization', 'content-type', 'x-request-id']
/** What servers, libraries or proxies may listen to. */
const OTHER_HEADERS = [
  ...['content-encoding', 'accept', 'accept-encoding', 'accept-version', 'x-http-method-override', 'cookie'],
  ...['x-forwarded-for', 'x-forwarded-host', 'range', 'if-none-match', 'origin', 'host', 'x-original-url'],
]
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'SEARCH']
const FILE_NAMES = ['', 'a.xlsx', '../../a.xlsx', 'a.xls\u00ff', 'x'.repeat(3_000), '%00.xlsx', 'a.xlsx.exe']
const MEDIA_TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
]

/** A place of a route and what may be done there. */
export interface Place {
  name: string
  edits: fc.Arbitrary<Edit>
}

/** Every place of a route where a caller can put something. @param ids of rows, one’s own and others’ */
export function placesOf(route: RoutePlaces, ids: readonly string[]): Place[] {
  const text = queryValue(ids)
  const place = (name: string, edits: fc.Arbitrary<Edit>): Place => ({ name, edits })
  const segments = route.path.split('/').slice(1)
  const hasBody = route.body.length > 0
  return [
    ...segments.flatMap((part, index) =>
      part.startsWith('{')
        ? [
            place(
              `segment ${part}`,
              segment(ids).map((value) => ({ at: 'segment', index, value }) as const),
            ),
          ]
        : [],
    ),
    ...[...route.query, 'unasked'].map((name) => place(`query ${name}`, queryEdit(name, text))),
    ...[...route.headers, ...COMMON_HEADERS].map((name) =>
      place(`header ${name}`, headerEdit(fc.constant(name))),
    ),
    place('another header', headerEdit(fc.constantFrom(...OTHER_HEADERS))),
    ...(route.isUpload
      ? uploadPlaces(text)
      : route.body.map((path) => place(`body ${path}`, propertyEdit(path, ids)))),
    ...(route.isUpload ? [] : route.objects).map((path) => place(`body ${path}.*`, unaskedEdit(path, ids))),
    place(hasBody ? 'the body' : 'a body', bodyEdit),
    place(
      'method',
      fc
        .constantFrom(...METHODS.filter((method) => !route.methods.includes(method)))
        .map((method) => ({ at: 'method', method }) as const),
    ),
  ]
}

const headerEdit = (names: fc.Arbitrary<string>): fc.Arbitrary<Edit> =>
  fc.tuple(names, headerValue).map(([name, value]) => ({ at: 'header', name, value }))

const queryEdit = (name: string, values: fc.Arbitrary<string>): fc.Arbitrary<Edit> =>
  fc
    .tuple(fc.constantFrom('set', 'set', 'set', 'twice', 'list', 'nested'), values)
    .map(([how, value]) => ({ at: 'query', name, how: how as 'set', value }))

const propertyEdit = (path: string, ids: readonly string[]): fc.Arbitrary<Edit> =>
  fc
    .tuple(fc.constantFrom('set', 'set', 'set', 'set', 'wrap', 'remove'), jsonPiece(ids))
    .map(([how, piece]) => ({ at: 'property', path, how: how as 'set', piece }))

const unaskedEdit = (path: string, ids: readonly string[]): fc.Arbitrary<Edit> =>
  fc
    .tuple(fc.constantFrom(...UNASKED_NAMES), jsonPiece(ids))
    .map(([name, piece]) => ({ at: 'unasked', path, name, piece }))

const bodyEdit: fc.Arbitrary<Edit> = fc
  .record(
    {
      bytes: wholeBody,
      mediaType: fc.constantFrom(...MEDIA_TYPES),
      encoding: fc.constantFrom('gzip', 'identity', 'nonsense'),
    },
    { requiredKeys: ['bytes'] },
  )
  .map((edit) => ({ at: 'body', ...edit }))

const uploadPlaces = (text: fc.Arbitrary<string>): Place[] => [
  {
    name: 'file',
    edits: fc
      .tuple(wholeBody, fc.constantFrom(...FILE_NAMES))
      .map(([bytes, fileName]) => ({ at: 'file', bytes, fileName })),
  },
  ...['unitId', '__proto__', 'file', 'x'.repeat(300)].map((name) => ({
    name: `field ${name.slice(0, 20)}`,
    edits: text.map((value) => ({ at: 'field', name, value }) as const),
  })),
]

/** @returns the changed call, and the JSON pieces that stand for texts in it */
export function edited(
  base: BaseCall,
  edits: readonly Edit[],
): { call: BaseCall; pieces: Map<string, string> } {
  const call = structuredClone(base)
  // Cloning makes plain arrays of bytes.
  if (base.body.kind === 'parts')
    call.body = { kind: 'parts', parts: base.body.parts.map((part) => ({ ...part })) }
  const pieces = new Map<string, string>()
  for (const edit of edits) apply(call, edit, pieces)
  return { call, pieces }
}

function apply(call: BaseCall, edit: Edit, pieces: Map<string, string>): void {
  const { body } = call
  switch (edit.at) {
    case 'segment':
      call.segments[edit.index] = edit.value
      return
    case 'query':
      call.query = queryWith(call.query, edit)
      return
    case 'header':
      call.headers[edit.name] = edit.value
      return
    case 'method':
      call.method = edit.method
      return
    case 'body': {
      call.body = { kind: 'bytes', bytes: edit.bytes }
      call.headers['content-type'] = edit.mediaType ?? 'application/json'
      if (edit.encoding) call.headers['content-encoding'] = edit.encoding
      return
    }
    case 'file':
      if (body.kind === 'parts')
        body.parts = body.parts.map((part) =>
          part.name === 'file' ? { ...part, fileName: edit.fileName, content: edit.bytes } : part,
        )
      return
    case 'field':
      if (body.kind === 'parts') body.parts.unshift({ name: edit.name, content: Buffer.from(edit.value) })
      return
    case 'property':
    case 'unasked': {
      if (body.kind !== 'json') return
      const holder = `@@${pieces.size}@@`
      pieces.set(holder, edit.piece)
      const path = edit.path === '' ? [] : edit.path.split('.')
      if (edit.at === 'unasked') path.push(edit.name)
      place(body.value, path, edit.at === 'unasked' ? 'set' : edit.how, holder)
    }
  }
}

function queryWith(query: BaseCall['query'], edit: Extract<Edit, { at: 'query' }>): BaseCall['query'] {
  const { name, how, value } = edit
  if (how === 'twice') return [...query.filter(([other]) => other !== name), [name, value], [name, value]]
  if (how === 'list') return [...query, [`${name}[]`, value]]
  if (how === 'nested') return [...query, [`${name}[__proto__]`, value]]
  return [...query.filter(([other]) => other !== name), [name, value]]
}

/** Puts the holder at the path, making what is missing on the way. */
function place(root: unknown, path: string[], how: 'set' | 'wrap' | 'remove', holder: string): void {
  let at = root as Record<string, unknown>
  for (const [index, key] of path.slice(0, -1).entries()) {
    if (typeof at !== 'object' || at === null) return
    if (typeof at[key] !== 'object' || at[key] === null)
      at[key] = /^\d+$/.test(path[index + 1] ?? '') ? [] : {}
    at = at[key] as Record<string, unknown>
  }
  const last = path.at(-1)
  if (last === undefined || typeof at !== 'object' || at === null) return
  if (how === 'remove') Reflect.deleteProperty(at, last)
  // Defined, not assigned: `__proto__` is to become a property that is sent.
  else {
    const value = how === 'wrap' ? [at[last], holder] : holder
    Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true })
  }
}
