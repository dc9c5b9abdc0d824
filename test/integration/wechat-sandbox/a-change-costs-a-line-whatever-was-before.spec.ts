import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { StateFile } from '../../../server/wechat-sandbox/state/state-file.js'
import type { SandboxState } from '../../../server/wechat-sandbox/state/sandbox-state.js'
import { SandboxFixture } from './sandbox-fixture.js'

const journalOf = async (directory: string): Promise<string> => {
  const names = (await readdir(directory)).filter((name) => name.startsWith('journal-'))
  expect(names).toHaveLength(1)
  return join(directory, names[0] ?? '')
}

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

  it('the three-hundredth order writes no more than the first, and what there was is not written again', async () => {
    const fixture = await SandboxFixture.start()
    try {
      const state = join(fixture.directory, 'state.json')
      const before = await stat(state)
      const sizes: number[] = []
      for (let order = 0; order < 300; order++) {
        await fixture.merchant.prepay(fixture.orderBody())
        sizes.push((await stat(await journalOf(fixture.directory))).size)
      }
      const growth = sizes.map((size, index) => size - (sizes[index - 1] ?? 0))
      expect(growth.at(-1)).toBeLessThan(2 * (growth[0] ?? 0))
      const { ino, mtimeMs } = await stat(state)
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
      fc.record({ act: fc.constant('no pages' as const), key, text: fc.constant('') }),
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
          if (act === 'no pages') delete file.state.pages
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

  it('a line that a killed process did not finish was never answered, and none of it is there', async () => {
    const file = await StateFile.open(directory)
    file.state.people.set('chen', { openid: 'chen' })
    await file.commit()
    const whole = await readFile(await journalOf(directory), 'utf8')
    file.state.people.set('wang', { openid: 'wang' }).set('li', { openid: 'li' })
    await file.commit()
    const longer = await readFile(await journalOf(directory), 'utf8')
    for (const length of [whole.length + 1, longer.indexOf('"li"') - 10, longer.length - 1]) {
      await writeFile(await journalOf(directory), longer.slice(0, length))
      expect([...(await asFound()).people.keys()]).toEqual(['chen'])
    }
  })

  it('lines that belong to an older state are not read: a process killed in between leaves both', async () => {
    const file = await StateFile.open(directory)
    file.state.people.set('chen', { openid: 'chen' })
    await file.commit()
    const older = await journalOf(directory)
    const lines = await readFile(older, 'utf8')
    // Opening writes everything anew and takes the journal away.
    const { state } = await StateFile.open(directory)
    expect(await readdir(directory)).toEqual(['state.json'])
    expect([...state.people.keys()]).toEqual(['chen'])
    await writeFile(older, lines.replace('"openid":"chen"', '"openid":"somebody else"'))
    expect((await asFound()).people.get('chen')).toEqual({ openid: 'chen' })
  })

  it('two on the same folder: whoever writes last is found, whole', async () => {
    const one = await StateFile.open(directory)
    one.state.people.set('chen', { openid: 'chen' })
    await one.commit()
    const other = await StateFile.open(directory)
    one.state.people.set('wang', { openid: 'wang' })
    await one.commit()
    expect([...(await asFound()).people.keys()]).toEqual(['chen', 'wang'])
    other.state.people.set('li', { openid: 'li' })
    await other.commit()
    expect([...(await asFound()).people.keys()]).toEqual(['chen', 'li'])
  })

  it('a line that could not be written is made up for by the next commit', async () => {
    const file = await StateFile.open(directory)
    file.state.people.set('chen', { openid: 'chen' })
    await file.commit()
    const journal = await journalOf(directory)
    await rm(journal)
    // A folder where the file should be: nobody can add a line to it.
    await mkdir(journal)
    file.state.people.set('wang', { openid: 'wang' })
    await expect(file.commit()).rejects.toThrow('EISDIR')
    await rm(journal, { recursive: true })
    file.state.people.set('li', { openid: 'li' })
    await file.commit()
    expect([...(await asFound()).people.keys()]).toEqual(['chen', 'wang', 'li'])
  })

  it('a long journal is folded into the state', async () => {
    const file = await StateFile.open(directory)
    for (let round = 0; round < 12; round++) {
      file.state.people.set('chen', { openid: 'chen', sessionKey: String(round).repeat(200_000) })
      await file.commit()
    }
    expect((await stat(join(directory, 'state.json'))).size).toBeGreaterThan(200_000)
    expect((await stat(await journalOf(directory))).size).toBeLessThan(2_000_000)
    expect((await asFound()).people.get('chen')?.sessionKey).toBe('11'.repeat(200_000))
  })
})
