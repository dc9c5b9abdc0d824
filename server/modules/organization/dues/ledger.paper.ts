import { dayIn, monthInWords, shanghaiTimestamp } from '../../../platform/config/business-time.js'
import type { Paper } from '../../../platform/pdf/paper.js'
import { yuan } from './dues.rules.js'
import { STATE_IN_WORDS } from './ledger-words.js'
import type { LedgerLine } from './ledger.queries.js'

export type LedgerPaperRow = Pick<LedgerLine, 'memberName' | 'unitName' | 'amountFen' | 'state' | 'paidAt'>

/** A month's ledger, to be put on the notice board or on file. The sums are those of the rows it shows. */
export function ledgerPaper(
  unitNames: readonly string[],
  month: string,
  rows: readonly LedgerPaperRow[],
  printedAt: Date,
): Paper {
  const stamp = shanghaiTimestamp(printedAt)
  const due = sumOf(rows)
  const paid = sumOf(rows.filter(({ state }) => state === 'paid'))
  return {
    title: `${monthInWords(month)}党费收缴台账`,
    remarks: [
      `党组织：${unitNames.join('、')}`,
      `打印时间：${stamp.slice(0, 10)} ${stamp.slice(11, 16)}（北京时间）`,
    ],
    columns: [
      { heading: '序号', share: 7, align: 'center' },
      { heading: '姓名', share: 20 },
      { heading: '所在支部', share: 30 },
      { heading: '应缴（元）', share: 13, align: 'right' },
      { heading: '已缴（元）', share: 13, align: 'right' },
      { heading: '状态', share: 9, align: 'center' },
      { heading: '缴纳日期', share: 15, align: 'center' },
    ],
    rows: [
      ...rows.map((row, index) => [
        String(index + 1),
        row.memberName,
        row.unitName,
        yuan(row.amountFen),
        row.state === 'paid' ? yuan(row.amountFen) : '',
        STATE_IN_WORDS[row.state],
        row.paidAt ? dayIn(row.paidAt) : '',
      ]),
      ['', '合计', '', yuan(due), yuan(paid), '', ''],
    ],
    closing: [rows.length === 0 ? '这个月还没有账单。' : inWords(rows)],
    printedAt,
  }
}

/** 共 7 人：已缴 2 人 75.50 元，未缴 5 人 60.00 元。 States that nobody is in are left out. */
function inWords(rows: readonly LedgerPaperRow[]): string {
  const parts = (['paid', 'unpaid', 'waived', 'refunded'] as const).flatMap((state) => {
    const some = rows.filter((row) => row.state === state)
    return some.length > 0 ? [`${STATE_IN_WORDS[state]} ${some.length} 人 ${yuan(sumOf(some))} 元`] : []
  })
  return `共 ${rows.length} 人：${parts.join('，')}。`
}

const sumOf = (rows: readonly LedgerPaperRow[]): number => rows.reduce((sum, row) => sum + row.amountFen, 0)
