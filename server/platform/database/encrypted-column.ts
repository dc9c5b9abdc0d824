import type { ColumnOptions, ValueTransformer } from 'typeorm'
import { column } from './columns.js'
import type { FieldCipher } from '../crypto/field-cipher.js'

let cipher: FieldCipher | undefined

/** Column transformers are made when entities are loaded, long before the keys are: they meet here. */
export function installFieldCipher(installed: FieldCipher): void {
  cipher = installed
}

export function fieldCipher(): FieldCipher {
  if (!cipher) throw new Error('the field cipher is not installed yet')
  return cipher
}

const sealedAs = (field: string): ValueTransformer => ({
  to: (clear: string | null | undefined) =>
    clear === null || clear === undefined ? clear : fieldCipher().encrypt(field, clear),
  from: (value: string | null) => (value === null ? null : fieldCipher().decrypt(field, value)),
})

/** A short text that exists in clear only in memory. `field` names it for ever, such as `member.idNumber`. */
export const encryptedColumn = (field: string, more: ColumnOptions = {}): ColumnOptions => ({
  ...column.code(512, more),
  transformer: sealedAs(field),
})

/** Like `encryptedColumn`, for documents. */
export const encryptedDocument = (field: string, more: ColumnOptions = {}): ColumnOptions => ({
  ...column.longText(more),
  transformer: sealedAs(field),
})
