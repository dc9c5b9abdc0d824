import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'
import { encryptedDocument } from '../../../platform/database/encrypted-column.js'

/** A piece of an uploaded file, there until the file has been read, refused or cancelled. */
@Entity('roster_upload_chunk')
@Index('roster_upload_chunk_position', ['importId', 'position'], { unique: true })
export class RosterUploadChunk {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  importId: string

  /** From 0. */
  @Column(column.int())
  position: number

  /** In bytes. */
  @Column(column.int())
  size: number

  /** The bytes in base64. */
  @Column(encryptedDocument('roster-upload-chunk.content'))
  content: string
}
