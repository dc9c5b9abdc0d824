import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

/** The policy of a careful server; the preview has to live with it. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
].join('; ')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
}

const PEOPLE = [
  { id: 'ann', name: 'Ann', note: 'writes notes' },
  { id: 'bob', name: 'Bob', note: 'refuses to give his number' },
]

export interface PreviewHost {
  origin: string
  /** Payments as the platform received them. */
  payments: { person: string; params: Record<string, string> }[]
  close(): Promise<void>
}

type Answer = { status?: number; body: unknown; header?: Record<string, string> }

/** Serves a built preview, plays the platform behind it and a small API for its pages. */
export async function startPreviewHost(directory: string): Promise<PreviewHost> {
  const payments: PreviewHost['payments'] = []

  const answers: Record<string, (body: string, url: URL) => Answer | undefined> = {
    'GET /preview-host/people': () => ({ body: PEOPLE }),
    'GET /preview-host/files': () => ({ body: [{ name: 'notes.csv', url: '/api/notes' }] }),
    'POST /preview-host/login-code': (body) => ({ body: { code: `login-${personOf(body)}` } }),
    'POST /preview-host/phone-code': (body) =>
      personOf(body) === 'bob' ? { status: 403, body: {} } : { body: { code: `phone-${personOf(body)}` } },
    'POST /preview-host/payment-sheet': () => ({ body: { description: 'A year of notes', amountFen: 1250 } }),
    'POST /preview-host/payments': (body) => {
      payments.push(JSON.parse(body) as PreviewHost['payments'][number])
      const isPoor = personOf(body) === 'bob'
      return { body: { errMsg: isPoor ? 'requestPayment:fail no money' : 'requestPayment:ok' } }
    },
    'GET /api/notes': (_, url) => {
      const count = Number(url.searchParams.get('count'))
      const notes = Array.from({ length: count }, (__, index) => ({
        id: index + 1,
        title: `note ${index + 1}`,
        tags: ['a', 'b'],
        done: index === 0,
      }))
      return { body: { notes } }
    },
    'POST /api/items': (body) => ({ status: 201, body: JSON.parse(body) as unknown }),
    'POST /api/files': (body) => ({
      body: { hasKind: body.includes('name="kind"'), hasText: body.includes('hello file') },
    }),
    'GET /api/report': () => ({
      body: 'a report',
      header: { 'content-disposition': 'attachment; filename="report.txt"' },
    }),
    'GET /api/slow': () => undefined,
  }

  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://host')
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('content-security-policy', POLICY)
      const answer = answers[`${request.method} ${url.pathname}`]
      if (answer) {
        const result = answer(Buffer.concat(chunks).toString(), url)
        // Some answers never come.
        if (!result) return
        response.writeHead(result.status ?? 200, { 'content-type': 'application/json', ...result.header })
        response.end(JSON.stringify(result.body))
      } else void sendFile(path.join(directory, path.normalize(url.pathname)), response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    payments,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function sendFile(file: string, response: http.ServerResponse): Promise<void> {
  const target = file.endsWith('/') ? `${file}index.html` : file
  const isFile = await stat(target).then(
    (entry) => entry.isFile(),
    () => false,
  )
  const type = TYPES[path.extname(target)] ?? 'application/octet-stream'
  response.writeHead(isFile ? 200 : 404, { 'content-type': isFile ? type : 'application/json' })
  if (isFile) createReadStream(target).pipe(response)
  else response.end(JSON.stringify({ message: 'nothing here' }))
}

function personOf(body: string): string {
  return (JSON.parse(body) as { person: string }).person
}
