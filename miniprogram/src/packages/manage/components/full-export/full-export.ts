import type { ExportForm, ReadyExport } from '../../../../../../server/contracts/organization/dues-export.js'
import { messageOf } from '../../../../api/api-error'
import { askForExport, listReadyExports, openApprovedExport } from '../../../../api/ledger'

/** A file that the server gives only when a second person agrees, and why. */
interface Wanted {
  form: ExportForm
  why: string
}

const FORMS: Record<ExportForm, string> = { workbook: 'Excel 表格', document: 'PDF 文件' }

/** Asks for a ledger of many people, and offers the file as soon as a second person has agreed. */
Component({
  properties: {
    month: String,
    /** Set anew each time the server refuses to give a file to one person alone. */
    wanted: { type: Object, value: null as unknown as Wanted },
  },
  data: {
    forms: FORMS,
    ready: [] as ReadyExport[],
    /** The file that the PIN is asked for; null while a request is written. */
    taken: null as ReadyExport | null,
    /** What came of the request that was sent from here. */
    sent: '',
    reason: '',
    asking: false,
    asksPin: false,
    sending: false,
    problem: '',
  },
  observers: {
    month() {
      this.setData({ sent: '' })
      void this.look()
    },
    wanted(wanted: Wanted | null) {
      if (wanted) void this.start(wanted)
    },
  },
  pageLifetimes: {
    show() {
      void this.look()
    },
  },
  methods: {
    /** Silent when it fails: the ledger itself tells of a lost network, and who only reads has no exports. */
    async look() {
      const { month } = this.data
      if (!month) return
      const { items } = await listReadyExports().catch(() => ({ items: [] as ReadyExport[] }))
      if (month !== this.data.month) return
      const ready = items.filter((item) => item.month === month && item.unitId === null)
      this.setData({ ready, ...(ready.length > 0 ? { sent: '' } : {}) })
    },
    async start({ form }: Wanted) {
      await this.look()
      const ready = this.data.ready.find((item) => item.form === form)
      if (ready) this.askPin(ready)
      else this.setData({ asking: true, problem: '' })
    },
    take(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      const ready = this.data.ready.find(({ approvalId }) => approvalId === id)
      if (ready) this.askPin(ready)
    },
    withReason(event: WechatMiniprogram.CustomEvent) {
      this.setData({ reason: (event.detail as { reason: string }).reason })
      this.askPin(null)
    },
    askPin(taken: ReadyExport | null) {
      this.setData({ taken, asking: false, asksPin: true, problem: '' })
    },
    closeSheets() {
      this.setData({ asking: false, asksPin: false })
    },
    async withPin(event: WechatMiniprogram.CustomEvent) {
      const { pin } = event.detail as { pin: string }
      if (this.data.sending) return
      this.setData({ sending: true, problem: '' })
      try {
        if (this.data.taken) await openApprovedExport(this.data.taken, pin)
        else await this.ask(pin)
        this.closeSheets()
      } catch (error) {
        this.setData({ problem: messageOf(error) })
      } finally {
        this.setData({ sending: false })
      }
    },
    async ask(pin: string) {
      const { month, wanted, reason } = this.data
      const { nobodyElse } = await askForExport({ month, form: wanted.form, reason }, pin)
      this.setData({
        sent: nobodyElse
          ? '已提交。没有第二位可以同意的人，请系统管理员凭文件办理。'
          : `导出 ${FORMS[wanted.form]}的申请已提交，等另一位有此职责的人同意。同意后在这里下载。`,
      })
    },
  },
})
