import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import type { KeyRing } from './field-keys.js'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts single fields with AES-256-GCM. An encrypted value is `<key id>.<base64url of iv, ciphertext and tag>`.
 * The field name is authenticated data, so a value that was copied to another column cannot be decrypted.
 */
export class FieldCipher {
  private readonly keys: Map<string, KeyObject>
  private readonly currentKeyId: string
  private readonly indexKey: KeyObject

  constructor(ring: KeyRing) {
    const secret = (base64: string) => createSecretKey(Buffer.from(base64, 'base64'))
    this.keys = new Map(Object.entries(ring.encryption).map(([id, key]) => [id, secret(key)]))
    this.currentKeyId = ring.current
    this.indexKey = secret(ring.blindIndex)
  }

  encrypt(field: string, clear: string): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv(ALGORITHM, this.key(this.currentKeyId), iv)
    cipher.setAAD(Buffer.from(field))
    const sealed = Buffer.concat([iv, cipher.update(clear, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${this.currentKeyId}.${sealed.toString('base64url')}`
  }

  /** @throws when the value was changed, belongs to another field, or its key is missing */
  decrypt(field: string, value: string): string {
    const dot = value.indexOf('.')
    const sealed = Buffer.from(value.slice(dot + 1), 'base64url')
    const decipher = createDecipheriv(ALGORITHM, this.key(value.slice(0, dot)), sealed.subarray(0, IV_BYTES))
    decipher.setAAD(Buffer.from(field))
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    const clear = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
    return clear.toString('utf8')
  }

  /** A keyed hash of field and value, by which an encrypted value can be searched. 43 characters. */
  blindIndex(field: string, clear: string): string {
    return createHmac('sha256', this.indexKey).update(`${field}\n${clear}`).digest('base64url')
  }

  private key(id: string): KeyObject {
    const key = this.keys.get(id)
    if (!key) throw new Error(`the key file holds no key "${id}": has an old key file been lost?`)
    return key
  }
}
