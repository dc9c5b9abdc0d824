import { UnpackingBudget, ZipArchive } from '../../../server/platform/spreadsheet/reading/zip-archive.js'
import { zipOf } from '../../support/workbook-files.js'

/** Offsets within an entry of the directory, which begins with PK\x01\x02. */
const FLAGS = 8
const METHOD = 10

function changed(bytes: Buffer, change: (directory: Buffer) => void): Buffer {
  change(bytes.subarray(bytes.indexOf('PK\x01\x02', 0, 'latin1')))
  return bytes
}

async function contentOf(bytes: Buffer, name: string): Promise<string> {
  const pieces: Buffer[] = []
  const archive = await ZipArchive.open(bytes)
  for await (const piece of archive.read(name, new UnpackingBudget(Infinity))) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

describe('A zip', () => {
  it('gives back what was put into it, in any order and more than once', async () => {
    const bytes = zipOf({ a: '甲', 'b/c': '乙'.repeat(100_000), d: '' })
    const archive = await ZipArchive.open(bytes)
    expect(archive.names).toEqual(['a', 'b/c', 'd'])
    expect(await contentOf(bytes, 'd')).toBe('')
    expect(await contentOf(bytes, 'b/c')).toBe('乙'.repeat(100_000))
    expect(await contentOf(bytes, 'a')).toBe('甲')
  })

  it.each([
    ['a password', FLAGS, 0x01],
    ['strong encryption', FLAGS, 0x41],
    ['strong encryption alone', FLAGS, 0x40],
  ])('with %s says so', async (_, offset, flags) => {
    const bytes = changed(zipOf({ a: '甲' }), (entry) => entry.writeUInt16LE(flags, offset))
    await expect(ZipArchive.open(bytes)).rejects.toMatchObject({ code: 'workbook-encrypted' })
  })

  it('with more entries than any workbook has is refused before they are read', async () => {
    const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`part${index}`, '']))
    await expect(ZipArchive.open(zipOf(many))).rejects.toMatchObject({ code: 'workbook-too-large' })
  })

  it('packed in a way that nobody unpacks is damaged, but only where it is read', async () => {
    const bytes = changed(zipOf({ a: '甲', b: '乙' }), (entry) => entry.writeUInt16LE(99, METHOD))
    await expect(contentOf(bytes, 'a')).rejects.toMatchObject({ code: 'workbook-damaged' })
    expect(await contentOf(bytes, 'b')).toBe('乙')
  })

  it('with an entry that is longer than it says is damaged', async () => {
    await expect(contentOf(zipOf({ a: '甲'.repeat(1_000) }, 10), 'a')).rejects.toMatchObject({
      code: 'workbook-damaged',
    })
  })

  it('stops unpacking when nobody listens any more', async () => {
    const budget = new UnpackingBudget(Infinity)
    const archive = await ZipArchive.open(zipOf({ a: Buffer.alloc(8 * 1024 * 1024, 'x') }))
    for await (const piece of archive.read('a', budget)) {
      expect(piece.length).toBeGreaterThan(0)
      break
    }
    expect(budget.spent).toBeLessThan(1024 * 1024)
  })
})
