import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import ExcelJS from 'exceljs'
import {
  streamWorkbook,
  type Spreadsheet,
} from '../../../server/platform/spreadsheet/writing/stream-workbook.js'

/** Texts that do not shrink, as many as are asked for. */
class Rows {
  *[Symbol.iterator]() {
    try {
      for (;;) {
        this.taken += 1
        yield [
          Array.from({ length: 500 }, () => String.fromCharCode(0x4e00 + Math.random() * 20_000)).join(''),
        ]
      }
    } finally {
      this.isClosed = true
    }
  }

  taken = 0
  isClosed = false
}

const sheetOf = (rows: Spreadsheet['rows']) => streamWorkbook({ sheetName: '名单', headings: ['甲'], rows })

describe('A workbook that is written while it is sent', () => {
  it('asks for no more rows than are taken', async () => {
    const rows = new Rows()
    const stream = sheetOf(rows)
    await once(stream, 'readable')
    while (stream.readableLength < stream.readableHighWaterMark) await setImmediate()
    const { taken } = rows
    for (let turn = 0; turn < 200; turn++) await setImmediate()
    expect(rows.taken).toBe(taken)
    stream.read()
    while (rows.taken === taken) await setImmediate()
    stream.destroy()
  })

  it('lets go of the rows when nobody takes it any more', async () => {
    const rows = new Rows()
    const stream = sheetOf(rows)
    await once(stream, 'readable')
    stream.destroy()
    await once(stream, 'close')
    expect(rows.isClosed).toBe(true)
  })

  it('ends in the error in which its rows end', async () => {
    const failing = (function* () {
      for (let row = 0; row < 300; row++) yield ['甲']
      throw new Error('no more rows')
    })()
    await expect(buffer(sheetOf(failing))).rejects.toThrow('no more rows')
  })

  it('has a frozen heading row in bold and columns as wide as the first rows need', async () => {
    const rows = [['字'.repeat(10)], ['字'.repeat(100)]]
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(new Uint8Array(await buffer(sheetOf(rows))).buffer)
    const [sheet] = workbook.worksheets
    expect(sheet?.views).toMatchObject([{ state: 'frozen', ySplit: 1 }])
    expect(sheet?.getCell('A1')).toMatchObject({ value: '甲', numFmt: '@', font: { bold: true } })
    expect(sheet?.getCell('A2').font.bold).toBeUndefined()
    expect(sheet?.getColumn(1).width).toBe(40)
  })

  it('without rows has its headings', async () => {
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(new Uint8Array(await buffer(sheetOf([]))).buffer)
    expect(workbook.worksheets[0]?.rowCount).toBe(1)
    expect(workbook.worksheets[0]?.getColumn(1).width).toBe(8)
  })
})
