import { generateKeyPairSync } from 'node:crypto'
import { PayKeyBook } from '../../../server/platform/wechat/pay-key-book.js'

const key = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
const day = (date: string) => new Date(`${date}T00:00:00Z`)

describe('The key book of a merchant', () => {
  const now = day('2026-11-21')
  const old = {
    serial: 'A'.repeat(40),
    key: key(),
    validFrom: day('2022-01-01'),
    validUntil: day('2027-01-01'),
  }
  const young = {
    serial: 'B'.repeat(40),
    key: key(),
    validFrom: day('2026-11-01'),
    validUntil: day('2031-11-01'),
  }
  const announced = {
    serial: 'C'.repeat(40),
    key: key(),
    validFrom: day('2026-11-22'),
    validUntil: day('2031-11-22'),
  }
  const publicKeys = [
    { id: 'PUB_KEY_ID_01', key: key() },
    { id: 'PUB_KEY_ID_02', key: key() },
  ]

  it('finds every key under its own name and no other', () => {
    const book = new PayKeyBook(publicKeys, [old, young, announced])
    expect(book.keyOf('PUB_KEY_ID_02', now)).toBe(publicKeys[1]?.key)
    expect(book.keyOf(old.serial, now)).toBe(old.key)
    expect(book.keyOf(young.serial.toLowerCase(), now)).toBe(young.key)
    for (const name of ['', 'PUB_KEY_ID_03', 'constructor', '__proto__', 'D'.repeat(40)]) {
      expect(book.keyOf(name, now)).toBeUndefined()
    }
  })

  it('asks for the first public key, else for the newest certificate that is in force', () => {
    expect(new PayKeyBook(publicKeys, [old, young]).askedFor(now)).toBe('PUB_KEY_ID_01')
    expect(new PayKeyBook([], [old, young, announced]).askedFor(now)).toBe(young.serial)
    expect(new PayKeyBook([], [old, young, announced]).askedFor(announced.validFrom)).toBe(announced.serial)
    expect(new PayKeyBook([]).askedFor(now)).toBeUndefined()
  })

  it('forgets a certificate in the moment in which it expires', () => {
    const book = new PayKeyBook([], [old, young])
    const before = new Date(old.validUntil.getTime() - 1)
    expect(book.keyOf(old.serial, before)).toBe(old.key)
    expect(book.keyOf(old.serial, old.validUntil)).toBeUndefined()
    expect(Object.keys(book.byName(old.validUntil))).toEqual([young.serial])
  })
})
