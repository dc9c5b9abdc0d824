import type { ExportForm } from '../../../../../server/contracts/organization/dues-export.js'
import type {
  LedgerFilter,
  LedgerPage,
  LedgerRow,
} from '../../../../../server/contracts/organization/ledger.js'
import { ApiError, messageOf } from '../../../api/api-error'
import { openLedgerDocument, openLedgerWorkbook, readLedger } from '../../../api/ledger'
import { listBehavior } from '../../../behaviors/list.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { currentMonth, month as monthWord } from '../../../format'
import { BILL_STATES } from '../../../labels/bill'
import { open, routes } from '../../../routes'
import { offers } from '../../../state/account'

/** `all` means no filter. */
type Filter = LedgerFilter | 'all'

const FILTERS: { state: Filter; word: string }[] = [
  { state: 'unpaid', word: '未缴' },
  { state: 'visit', word: '需上门' },
  { state: 'paid', word: '已缴' },
  { state: 'all', word: '全部' },
]

/** The server gives a file of so many people only when a second person has agreed. */
const SECOND_PERSON = 'dues.export-second-person'

const EXPORTS: { word: string; form: ExportForm; openFile: typeof openLedgerWorkbook }[] = [
  { word: 'Excel 表格', form: 'workbook', openFile: openLedgerWorkbook },
  { word: 'PDF（打印、归档）', form: 'document', openFile: openLedgerDocument },
]

/** The dues of a month in my scope. It first shows the members who have not paid. */
Component({
  behaviors: [textSizeBehavior, listBehavior<LedgerRow>()],
  data: {
    month: '',
    filters: FILTERS,
    filter: 'unpaid' as Filter,
    summary: null as Pick<LedgerPage, 'totals' | 'visitCount'> | null,
    states: BILL_STATES,
    canGenerate: false,
    exporting: false,
    wanted: null as { form: ExportForm; why: string } | null,
  },
  methods: {
    onLoad(query: { month?: string }) {
      this.setData({
        month: query.month ?? currentMonth(),
        canGenerate: offers('dues-generation'),
      })
      this.show()
    },
    onShow() {
      // bills may have been made on the page that was opened from here
      if (this.data.summary?.totals.dueCount === 0) void this.reload()
    },
    changeFilter(event: WechatMiniprogram.CustomEvent) {
      this.setData({ filter: (event.detail as { name: Filter }).name })
      this.show()
    },
    changeMonth(event: WechatMiniprogram.CustomEvent) {
      this.setData({ month: (event.detail as { value: string }).value, summary: null })
      this.show()
    },
    show() {
      const { month, filter } = this.data
      void wx.setNavigationBarTitle({
        title: month === currentMonth() ? '本月党费' : `${monthWord(month)}党费`,
      })
      void this.list(async (cursor) => {
        const page = await readLedger({ month, state: filter === 'all' ? undefined : filter }, cursor)
        if (month === this.data.month)
          this.setData({ summary: { totals: page.totals, visitCount: page.visitCount } })
        return page
      })
    },
    showMember(event: WechatMiniprogram.TouchEvent) {
      if (offers('members')) open(routes.member(String(event.currentTarget.dataset.id)))
    },
    generate() {
      open(routes.generate(this.data.month))
    },
    exportLedger() {
      if (this.data.exporting) return
      wx.showActionSheet({
        alertText: '导出哪种文件？',
        itemList: EXPORTS.map(({ word }) => word),
        success: ({ tapIndex }) => void this.exportAs(tapIndex),
      })
    },
    async exportAs(index: number) {
      const chosen = EXPORTS[index]
      if (!chosen) return
      this.setData({ exporting: true })
      try {
        await chosen.openFile({ month: this.data.month })
      } catch (error) {
        if (error instanceof ApiError && error.code === SECOND_PERSON)
          this.setData({ wanted: { form: chosen.form, why: error.message } })
        else void wx.showToast({ title: messageOf(error), icon: 'none' })
      } finally {
        this.setData({ exporting: false })
      }
    },
  },
})
