import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { ulid } from 'ulid'
import { problemOfStatus } from './problem.filter.js'

const STATUS_OF: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

interface UnreadableRequest extends NodeJS.ErrnoException {
  /** The bytes as they came; Fastify's types take them for something else. */
  rawPacket?: unknown
}

/** Whoever asks with HEAD takes a body for the beginning of another answer. */
const wantsNoBody = ({ rawPacket }: UnreadableRequest): boolean =>
  Buffer.isBuffer(rawPacket) && rawPacket.subarray(0, 5).toString('latin1') === 'HEAD '

/** Answers what Node itself gives up on, before there is a request: too slow, too long, no HTTP at all. */
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
