import type { Readable } from 'node:stream'
import { StreamableFile } from '@nestjs/common'
import type { FastifyReply } from 'fastify'

/** Answers with a file to be saved, whose name may be Chinese (RFC 6266). No cache may store it. */
export function attachment(
  reply: FastifyReply,
  mediaType: string,
  { fileName, content }: { fileName: string; content: Buffer | Readable },
): StreamableFile {
  void reply.header('cache-control', 'no-store')
  const options = {
    type: mediaType,
    disposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  }
  return Buffer.isBuffer(content)
    ? new StreamableFile(content, options)
    : new StreamableFile(content, options)
}
