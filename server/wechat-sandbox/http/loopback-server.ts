import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Outcome, SandboxRequest } from './exchange.js'

const LOOPBACK = '127.0.0.1'
const MAX_BODY_BYTES = 1024 * 1024

export type Dispatch = (request: SandboxRequest) => Promise<Outcome>

/** An HTTP server that only this machine can reach. */
export class LoopbackServer {
  private constructor(private readonly server: Server) {}

  /** @param port 0 picks a free one. @throws when the port is taken. */
  static async listen(
    port: number,
    dispatch: Dispatch,
    report: (error: unknown) => void,
  ): Promise<LoopbackServer> {
    const server = createServer((incoming, response) => {
      answer(incoming, response, dispatch).catch((error: unknown) => {
        report(error)
        response.destroy()
      })
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, LOOPBACK, () => {
        server.off('error', reject)
        resolve()
      })
    })
    return new LoopbackServer(server)
  }

  get baseUrl(): string {
    return `http://${LOOPBACK}:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    // Clients keep connections alive. Waiting for them would only delay the shutdown.
    this.server.closeAllConnections()
    await closed
  }
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  dispatch: Dispatch,
): Promise<void> {
  const body = await readBody(incoming)
  if (!body) {
    response.writeHead(413, { Connection: 'close' }).end()
    return
  }
  const target = incoming.url ?? '/'
  const url = new URL(target, `http://${LOOPBACK}`)
  const outcome = await dispatch({
    method: incoming.method ?? 'GET',
    target,
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body,
  })
  if (outcome === 'connection-lost') {
    response.destroy()
    return
  }
  const length = outcome.status === 204 ? {} : { 'Content-Length': String(outcome.body.length) }
  response.writeHead(outcome.status, { ...outcome.headers, ...length }).end(outcome.body)
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
