import { setImmediate } from 'node:timers/promises'
import { Injectable } from '@nestjs/common'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { RosterUploadChunk } from './roster-upload-chunk.entity.js'

/** Encrypting a chunk takes about a millisecond, and a chunk fits into any packet of the database. */
const CHUNK_BYTES = 256 * 1024

/**
 * The bytes of files that wait to be read. They are stored encrypted in the database, because another process may
 * read them, and because they are deleted with their import.
 */
@Injectable()
export class RosterUploads {
  constructor(private readonly database: Database) {}

  /** Keeps a file, inside the caller's transaction. */
  async keep(importId: string, bytes: Buffer): Promise<void> {
    const chunks = this.database.repository(RosterUploadChunk)
    for (let position = 0; position * CHUNK_BYTES < bytes.length; position++) {
      const chunk = bytes.subarray(position * CHUNK_BYTES, (position + 1) * CHUNK_BYTES)
      const content = chunk.toString('base64')
      await chunks.insert({ id: newId(), importId, position, size: chunk.length, content })
      await setImmediate()
    }
  }

  /**
   * The whole file, in memory of its own that can be transferred to a thread; empty when the file has been deleted.
   */
  async bytesOf(importId: string): Promise<ArrayBuffer> {
    const { size } = await this.database.queryOne<{ size: number | null }>(
      'SELECT SUM(size) AS size FROM roster_upload_chunk WHERE importId = ?',
      [importId],
    )
    const bytes = Buffer.from(new ArrayBuffer(size ?? 0))
    let filled = 0
    for (let position = 0; filled < bytes.length; position++) {
      const chunk = await this.database.repository(RosterUploadChunk).findOneByOrFail({ importId, position })
      filled += bytes.write(chunk.content, filled, 'base64')
      await setImmediate()
    }
    return bytes.buffer
  }

  async forget(importId: string): Promise<void> {
    await this.database.execute('DELETE FROM roster_upload_chunk WHERE importId = ?', [importId])
  }
}
