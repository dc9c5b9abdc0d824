import type { ColumnOptions, ValueTransformer } from 'typeorm'
import { column } from './columns.js'
import type { FieldCipher } from '../crypto/field-cipher.js'

let cipher: FieldCipher | undefined

/** Entities are loaded, with their transformers, before the keys are read. So the cipher is installed later. */
export function installFieldCipher(installed: FieldCipher): void {
  cipher = installed
}

export function fieldCipher(): FieldCipher {
  if (!cipher) throw new Error('the field cipher is not installed yet')
  return cipher
}

/** Encrypts what is stored and decrypts what is read. A test recognizes the columns that must not be shown in full by it. */
export class FieldEncryption implements ValueTransformer {
  /** @param field the name in `encryptedColumn` */
  constructor(private readonly field: string) {}

  to(clear: string | null | undefined): string | null | undefined {
    return clear === null || clear === undefined ? clear : fieldCipher().encrypt(this.field, clear)
  }

  from(value: string | null): string | null {
    return value === null ? null : fieldCipher().decrypt(this.field, value)
  }
}

/** A short text, stored encrypted. `field`, such as `member.idNumber`, is authenticated and must never change. */
export const encryptedColumn = (field: string, more: ColumnOptions = {}): ColumnOptions => ({
  ...column.code(512, more),
  transformer: new FieldEncryption(field),
})

/** Like `encryptedColumn`, for documents. */
export const encryptedDocument = (field: string, more: ColumnOptions = {}): ColumnOptions => ({
  ...column.longText(more),
  transformer: new FieldEncryption(field),
})
