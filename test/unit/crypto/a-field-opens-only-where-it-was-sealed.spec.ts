import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { FieldCipher } from '../../../server/platform/crypto/field-cipher.js'
import type { KeyRing } from '../../../server/platform/crypto/field-keys.js'

const key = () => randomBytes(32).toString('base64')
const ring = (more: Partial<KeyRing> = {}): KeyRing => ({
  current: 'k1',
  encryption: { k1: key() },
  blindIndex: key(),
  token: key(),
  ...more,
})

describe('a field opens only where it was sealed', () => {
  const keys = ring()
  const cipher = new FieldCipher(keys)

  it.each([
    ['an ID number', '99010219480402002X'],
    ['nothing', ''],
    ['characters outside the basic plane', '𠮷田𪚥村𬷕家庄 3 号'],
    ['several alphabets and a dot', '阿卜杜热西提·买买提 ئابدۇرېشىت'],
    ['line breaks and NUL', 'a\r\nb\u0000c'],
    ['a document', '长'.repeat(100_000)],
  ])('%s comes back as it was', (_, clear) => {
    expect(cipher.decrypt('member.address', cipher.encrypt('member.address', clear))).toBe(clear)
  })

  it('any text comes back, and its ciphertext does not show it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 6 }), (clear) => {
        const sealed = cipher.encrypt('member.phone', clear)
        expect(cipher.decrypt('member.phone', sealed)).toBe(clear)
        expect(sealed).toMatch(/^k1\.[\w-]+$/)
        expect(sealed).not.toContain(clear)
      }),
    )
  })

  it('the same text is sealed differently each time, so equal numbers cannot be seen', () => {
    const sealed = new Set(Array.from({ length: 50 }, () => cipher.encrypt('member.phone', '19990010003')))
    expect(sealed.size).toBe(50)
  })

  it('a value in which any one character was changed does not open', () => {
    const sealed = cipher.encrypt('member.idNumber', '99010219480402002X')
    const start = sealed.indexOf('.') + 1
    for (let at = start; at < sealed.length; at++) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
      const isSame = Buffer.from(changed.slice(start), 'base64url').equals(
        Buffer.from(sealed.slice(start), 'base64url'),
      )
      // The last character may carry bits that base64 does not use.
      if (!isSame) expect(() => cipher.decrypt('member.idNumber', changed)).toThrow()
    }
  })

  it.each(['', 'k1.', 'k1.AAAA', '.', 'nonsense'])('“%s” is no sealed value', (value) => {
    expect(() => cipher.decrypt('member.idNumber', value)).toThrow()
  })

  it('a value cut short does not open', () => {
    const sealed = cipher.encrypt('member.idNumber', '99010219480402002X')
    for (const length of [10, 20, 30, sealed.length - 4]) {
      expect(() => cipher.decrypt('member.idNumber', sealed.slice(0, length))).toThrow()
    }
  })

  it('a value moved to another field does not open', () => {
    const sealed = cipher.encrypt('member.phone', '19990010003')
    expect(() => cipher.decrypt('binding.phone', sealed)).toThrow()
    expect(() => cipher.decrypt('member.phon', sealed)).toThrow()
  })

  it('a key that is gone is named, without the value', () => {
    const sealed = cipher.encrypt('member.phone', '19990010003').replace('k1.', 'k0.')
    expect(() => cipher.decrypt('member.phone', sealed)).toThrow(/no key "k0"/)
  })

  it('after a new key was made, old values still open and new ones use it', () => {
    const old = cipher.encrypt('member.phone', '19990010003')
    const renewed = new FieldCipher({
      ...keys,
      current: 'k2',
      encryption: { ...keys.encryption, k2: key() },
    })
    expect(renewed.decrypt('member.phone', old)).toBe('19990010003')
    const fresh = renewed.encrypt('member.phone', '19990010003')
    expect(fresh).toMatch(/^k2\./)
    expect(() => cipher.decrypt('member.phone', fresh)).toThrow(/no key "k2"/)
  })

  it('another installation’s key opens nothing', () => {
    const sealed = cipher.encrypt('member.phone', '19990010003')
    expect(() => new FieldCipher(ring()).decrypt('member.phone', sealed)).toThrow()
  })
})

describe('a fingerprint finds a number without holding it', () => {
  const keys = ring()
  const cipher = new FieldCipher(keys)
  const number = fc.stringMatching(/^1\d{10}$/)

  it('is the same for the same number in the same field, and 43 characters long', () => {
    fc.assert(
      fc.property(number, (phone) => {
        const index = cipher.blindIndex('member.phone', phone)
        expect(index).toMatch(/^[\w-]{43}$/)
        expect(new FieldCipher(keys).blindIndex('member.phone', phone)).toBe(index)
        expect(index).not.toContain(phone)
      }),
    )
  })

  it('differs by number, by field and by installation', () => {
    fc.assert(
      fc.property(number, number, (one, other) => {
        fc.pre(one !== other)
        const index = cipher.blindIndex('member.phone', one)
        expect(cipher.blindIndex('member.phone', other)).not.toBe(index)
        expect(cipher.blindIndex('member.idNumber', one)).not.toBe(index)
        expect(new FieldCipher(ring()).blindIndex('member.phone', one)).not.toBe(index)
      }),
    )
  })

  it('outlives a new encryption key', () => {
    const renewed = new FieldCipher({ ...keys, current: 'k2', encryption: { ...keys.encryption, k2: key() } })
    expect(renewed.blindIndex('member.phone', '19990010003')).toBe(
      cipher.blindIndex('member.phone', '19990010003'),
    )
  })
})
