import { Column, Entity } from 'typeorm'
import { column, PrimaryKey } from './columns.js'
import { encryptedColumn } from './encrypted-column.js'

/** One value, encrypted with the keys with which this database was created. */
@Entity('key_check')
export class KeyCheck {
  @PrimaryKey(column.code(10))
  id: string

  @Column(encryptedColumn('key-check.value'))
  value: string
}
