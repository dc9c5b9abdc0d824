import { once } from 'node:events'
import { resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { openWorkbook } from '../../../server/platform/spreadsheet/reading/workbook.reader.js'
import * as uncompiled from '../../../server/platform/spreadsheet/writing/stream-workbook.js'
import { buildServer } from '../process/built-server.js'

const WRITER = resolve(__dirname, '../../.output/dist/server/platform/spreadsheet/writing/stream-workbook.js')
const ROWS = 20_000
/** As many as are handed to the thread at a time. */
const ROWS_AT_ONCE = 200

const textsOf = (index: number) => [index + 1, `党员${index}`, `第 ${index % 40} 党支部`, '=1+1']
function* ledger() {
  for (let index = 0; index < ROWS; index++) yield textsOf(index)
}
const sheet = () => ({ sheetName: '台账', headings: ['序号', '姓名', '支部', '备注'], rows: ledger() })

/** How often other work got its turn meanwhile. */
async function turnsDuring<T>(work: () => Promise<T>): Promise<{ result: T; turns: number }> {
  let turns = 0
  let isOver = false
  const takeTurns = () => {
    turns += 1
    if (!isOver) setImmediate(takeTurns)
  }
  setImmediate(takeTurns)
  const result = await work()
  isOver = true
  return { result, turns }
}

const threads = (): number => (process.report.getReport() as { workers: unknown[] }).workers.length

describe('The built server writes a workbook in a thread', () => {
  let built: typeof uncompiled

  beforeAll(async () => {
    buildServer()
    built = (await import(WRITER)) as typeof uncompiled
  }, 180_000)

  it('so that other work gets its turn between any two hundreds of rows, which it does not in one thread', async () => {
    const inThread = await turnsDuring(() => buffer(built.streamWorkbook(sheet())))
    const alone = await turnsDuring(() => buffer(uncompiled.streamWorkbook(sheet())))
    expect(inThread.turns).toBeGreaterThan(ROWS / ROWS_AT_ONCE)
    expect(alone.turns).toBeLessThan(ROWS / ROWS_AT_ONCE)
    expect(inThread.result).toHaveLength(alone.result.length)
  }, 120_000)

  it('and every row is in it, in order', async () => {
    const [source] = await openWorkbook(await buffer(built.streamWorkbook(sheet())))
    const found: string[][] = []
    for await (const rows of source?.rows() ?? []) {
      found.push(...rows.map(({ cells }) => cells.map(({ text }) => text)))
    }
    expect(found.slice(1)).toEqual(Array.from({ length: ROWS }, (_, index) => textsOf(index).map(String)))
  }, 120_000)

  it('which ends when nobody wants the file any more, and when the rows end in an error', async () => {
    const before = threads()
    const abandoned = built.streamWorkbook({ ...sheet(), rows: endless() })
    await once(abandoned, 'readable')
    expect(threads()).toBe(before + 1)
    abandoned.destroy()
    await once(abandoned, 'close')
    expect(threads()).toBe(before)
    await expect(buffer(built.streamWorkbook({ ...sheet(), rows: failing() }))).rejects.toThrow(
      'no more rows',
    )
    expect(threads()).toBe(before)
  }, 60_000)
})

function* endless() {
  for (let index = 0; ; index++) yield textsOf(index)
}
function* failing() {
  yield* ledger()
  throw new Error('no more rows')
}
