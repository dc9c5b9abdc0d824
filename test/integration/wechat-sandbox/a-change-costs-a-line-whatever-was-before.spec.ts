import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { StateFile } from '../../../server/wechat-sandbox/state/state-file.js'
import type { SandboxState } from '../../../server/wechat-sandbox/state/sandbox-state.js'
import { SandboxFixture } from './sandbox-fixture.js'

const JOURNAL = 'journal.jsonl'

describe('A change costs a line, whatever was before', () => {
  let directory: string

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'zhibu-state-'))
  })
  afterEach(() => rm(directory, { recursive: true, force: true }))

  /** What another process would find now. */
  const asFound = async (): Promise<SandboxState> => {
    const copy = `${directory}-copy`
    await cp(directory, copy, { recursive: true })
    try {
      return (await StateFile.open(copy)).state
    } finally {
      await rm(copy, { recursive: true })
    }
  }
  const journal = () => readFile(join(directory, JOURNAL), 'utf8')

  it('the three-hundredth order writes no more than the first, and what there was is not written again', async () => {
    const fixture = await SandboxFixture.start()
    try {
      const file = (name: string) => join(fixture.directory, name)
      const before = await stat(file('state.json'))
      const sizes: number[] = []
      for (let order = 0; order < 300; order++) {
        await fixture.merchant.prepay(fixture.orderBody())
        sizes.push((await stat(file(JOURNAL))).size)
      }
      const growth = sizes.map((size, index) => size - (sizes[index - 1] ?? 0))
      expect(growth.at(-1)).toBeLessThan(2 * (growth[0] ?? 0))
      const { ino, mtimeMs } = await stat(file('state.json'))
      expect({ ino, mtimeMs }).toEqual({ ino: before.ino, mtimeMs: before.mtimeMs })
    } finally {
      await fixture.stop()
    }
  })

  it('whatever is changed, the next process finds what this one has', async () => {
    const key = fc.constantFrom('a', 'b', '甲', '__proto__x')
    const step = fc.oneof(
      fc.record({ act: fc.constant('set' as const), key, text: fc.string({ unit: 'binary', maxLength: 8 }) }),
      fc.record({ act: fc.constant('set' as const), key, text: fc.constant('长'.repeat(700_000)) }),
      fc.record({ act: fc.constant('change' as const), key, text: fc.string() }),
      fc.record({ act: fc.constant('delete' as const), key, text: fc.constant('') }),
      fc.record({ act: fc.constant('clear' as const), key, text: fc.constant('') }),
      fc.record({ act: fc.constant('pages' as const), key, text: fc.string() }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await rm(directory, { recursive: true, force: true })
        directory = await mkdtemp(join(tmpdir(), 'zhibu-state-'))
        const file = await StateFile.open(directory)
        const { people } = file.state
        for (const { act, key, text } of steps) {
          if (act === 'set') people.set(key, { openid: key, sessionKey: text })
          if (act === 'change') Object.assign(people.get(key) ?? {}, { phone: text })
          if (act === 'delete') people.delete(key)
          if (act === 'clear') people.clear()
          if (act === 'pages') file.state.pages = [text]
          await file.commit()
          const found = await asFound()
          expect(Object.fromEntries(found.people)).toEqual(Object.fromEntries(people))
          expect(found.pages).toEqual(file.state.pages)
          expect(found.app).toEqual(file.state.app)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('a line that a killed process did not finish was never answered, and is not there', async () => {
    const file = await StateFile.open(directory)
    file.state.people.set('chen', { openid: 'chen' })
    await file.commit()
    await writeFile(join(directory, JOURNAL), `${await journal()}{"field":"people","key":"wang","val`)
    expect([...(await asFound()).people.keys()]).toEqual(['chen'])
  })

  it('lines that the state already holds change nothing: a process killed between the two leaves both', async () => {
    const file = await StateFile.open(directory)
    file.state.people.set('chen', { openid: 'chen' }).set('wang', { openid: 'wang' })
    await file.commit()
    file.state.people.delete('wang')
    file.state.people.set('chen', { openid: 'chen', phone: '19990010002' })
    await file.commit()
    const lines = await journal()
    // Opening writes everything anew and takes the journal away.
    const reopened = await StateFile.open(directory)
    await expect(journal()).rejects.toThrow('ENOENT')
    await writeFile(join(directory, JOURNAL), lines)
    expect(Object.fromEntries((await asFound()).people)).toEqual(Object.fromEntries(reopened.state.people))
    expect(reopened.state.people.get('chen')?.phone).toBe('19990010002')
  })

  it('a long journal is folded into the state', async () => {
    const file = await StateFile.open(directory)
    for (let round = 0; round < 12; round++) {
      file.state.people.set('chen', { openid: 'chen', sessionKey: String(round).repeat(200_000) })
      await file.commit()
    }
    const sizes = await Promise.all(
      ['state.json', JOURNAL].map(
        async (name) => (await stat(join(directory, name)).catch(() => ({ size: 0 }))).size,
      ),
    )
    expect(sizes[0]).toBeGreaterThan(200_000)
    expect(sizes[1]).toBeLessThan(2_000_000)
    expect((await asFound()).people.get('chen')?.sessionKey).toBe('11'.repeat(200_000))
  })
})
