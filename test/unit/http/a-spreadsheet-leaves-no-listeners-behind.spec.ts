import { setImmediate } from 'node:timers/promises'
import { streamWorkbook } from '../../../server/platform/http/spreadsheet-stream.js'

describe('A spreadsheet that is written while it is sent', () => {
  it('leaves no listener behind for each time it waited', async () => {
    const rows = async function* () {
      for (let round = 0; round < 30; round++) {
        await setImmediate()
        yield Array.from({ length: 500 }, (_, index) =>
          Array.from({ length: 10 }, () => String(index * Math.random())),
        )
      }
    }
    const stream = streamWorkbook({ sheetName: '台账', headings: ['一'], rows: rows() })
    let waited = 0
    let most = 0
    stream.on('drain', () => (waited += 1))
    for await (const piece of stream) {
      expect(piece).toBeInstanceOf(Buffer)
      most = Math.max(most, stream.listenerCount('close') + stream.listenerCount('error'))
    }
    expect(waited).toBeGreaterThan(5)
    expect(most).toBeLessThan(10)
  })
})
