import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { FieldCipher } from '../../../server/platform/crypto/field-cipher.js'
import { loadOrCreateKeyRing } from '../../../server/platform/crypto/field-keys.js'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('the key file is made once and kept private', () => {
  let directory: string
  let file: string

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'zhibu-keys-'))
    file = join(directory, 'data', 'keys', 'keys.json')
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  it('on first start it is made with three kinds of keys, none of them like another', () => {
    const ring = loadOrCreateKeyRing(file)
    const keys = [...Object.values(ring.encryption), ring.blindIndex, ring.token]
    expect(new Set(keys).size).toBe(3)
    for (const key of keys) expect(Buffer.from(key, 'base64')).toHaveLength(32)
    expect(Object.keys(ring.encryption)).toEqual([ring.current])
  })

  it('only its owner reads it, whatever the process usually allows', () => {
    const before = process.umask(0)
    try {
      loadOrCreateKeyRing(file)
    } finally {
      process.umask(before)
    }
    expect(modeOf(file)).toBe('600')
    expect(modeOf(dirname(file))).toBe('700')
    expect(readdirSync(dirname(file))).toEqual(['keys.json'])
  })

  it('every later start reads the same keys and leaves the file alone', () => {
    const first = loadOrCreateKeyRing(file)
    const written = readFileSync(file, 'utf8')
    const sealed = new FieldCipher(first).encrypt('member.phone', '19990010003')
    const second = loadOrCreateKeyRing(file)
    expect(second).toEqual(first)
    expect(readFileSync(file, 'utf8')).toBe(written)
    expect(new FieldCipher(second).decrypt('member.phone', sealed)).toBe('19990010003')
  })

  it('two installations share no key', () => {
    const one = loadOrCreateKeyRing(file)
    const other = loadOrCreateKeyRing(join(directory, 'other', 'keys.json'))
    expect(other.blindIndex).not.toBe(one.blindIndex)
    expect(other.token).not.toBe(one.token)
    expect(other.encryption).not.toEqual(one.encryption)
  })

  it('a damaged file stops the start: it is never replaced by new keys', () => {
    loadOrCreateKeyRing(file)
    writeFileSync(file, '{"current":')
    expect(() => loadOrCreateKeyRing(file)).toThrow()
    expect(readFileSync(file, 'utf8')).toBe('{"current":')
  })
})
