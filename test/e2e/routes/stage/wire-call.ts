import { writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'

export interface Part {
  name: string
  fileName?: string
  content: Buffer
}

/** A call as it goes over the wire: nothing tidies it up on the way. */
export interface WireCall {
  method: string
  /** Path and query, encoded already. */
  target: string
  headers: Record<string, string>
  body?: Buffer
}

export interface WireAnswer {
  status: number
  headers: Record<string, string>
  bytes: Buffer
  text: string
  ms: number
  /** Of the processor, by everything in this process, the server included. */
  cpuMs: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const OUTPUT = join(__dirname, '../../../.output')
const MOST_INLINE = 2_000

export function send(baseUrl: string, { method, target, headers, body }: WireCall): Promise<WireAnswer> {
  const { hostname, port } = new URL(baseUrl)
  const started = performance.now()
  const before = process.cpuUsage()
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path: target, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks)
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers as Record<string, string>,
          bytes,
          text: bytes.toString('utf8'),
          ms: performance.now() - started,
          cpuMs: cpuMsSince(before),
        })
      })
    })
    sent.on('error', reject)
    // Stated, because Node would leave the length out of a DELETE and send the body in chunks.
    if (body) sent.setHeader('content-length', body.length)
    sent.end(body)
  })
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

export const closeConnections = (): void => agent.destroy()

let files = 0

/** The call as a line for the shell; a body too large or too odd for one goes into a file beside it. */
export function curlOf(baseUrl: string, { method, target, headers, body }: WireCall): string {
  const words = ['curl', '-i', '--path-as-is', '-X', method]
  for (const [name, value] of Object.entries(headers)) words.push('-H', quoted(`${name}: ${value}`))
  if (body) words.push('--data-binary', quoted(isPlain(body) ? body.toString('utf8') : `@${kept(body)}`))
  words.push(quoted(`${baseUrl}${target}`))
  return words.join(' ')
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const isPlain = (body: Buffer): boolean =>
  body.length <= MOST_INLINE && /^[\x20-\x7e\P{ASCII}]*$/u.test(body.toString('utf8')) && body[0] !== 0x40

function kept(body: Buffer): string {
  const file = join(OUTPUT, `fuzz-body-${process.pid}-${(files += 1)}.bin`)
  writeFileSync(file, body)
  return file
}
