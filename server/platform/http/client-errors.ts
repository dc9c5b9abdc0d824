import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { ulid } from 'ulid'
import { problemOfStatus } from './problem.filter.js'

const STATUS_OF: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

interface UnreadableRequest extends NodeJS.ErrnoException {
  /** The raw bytes; Fastify's types declare another type. */
  rawPacket?: unknown
}

/** A HEAD request gets no body, because the client would read the body as the start of the next response. */
const wantsNoBody = ({ rawPacket }: UnreadableRequest): boolean =>
  Buffer.isBuffer(rawPacket) && rawPacket.subarray(0, 5).toString('latin1') === 'HEAD '

/** Answers what Node rejects before Fastify gets it: too slow (408), headers too large (431), not HTTP (400). */
export function answerUnreadable(error: UnreadableRequest, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const status = STATUS_OF[error.code ?? ''] ?? 400
    const problem = problemOfStatus(status, ulid())
    const body = JSON.stringify(problem)
    socket.write(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        'content-type: application/problem+json; charset=utf-8',
        `content-length: ${Buffer.byteLength(body)}`,
        `x-request-id: ${problem.requestId}`,
        'connection: close',
        '',
        wantsNoBody(error) ? '' : body,
      ].join('\r\n'),
    )
  }
  socket.destroySoon()
}
