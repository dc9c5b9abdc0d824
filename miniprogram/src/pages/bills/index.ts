import type { Bill, BillChange } from '../../../../server/contracts/organization/dues.js'
import { messageOf } from '../../api/api-error'
import { listMyBillChanges, listMyBills } from '../../api/dues'
import { listBehavior } from '../../behaviors/list.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { open, routes } from '../../routes'
import { openPayment } from '../../state/payment-attempt'
import { askWechat } from '../../state/wechat-pay'

/** The payment contract allows no more bills in one payment. */
const MAX_BILLS = 24

const NONE_TICKED: Record<string, boolean> = {}

/**
 * My bills, each with its explanation. Payable bills are already ticked, so that one tap pays them; of several accounts, those of one.
 */
Component({
  behaviors: [textSizeBehavior, listBehavior<Bill>()],
  data: {
    unpaidFen: 0,
    unpaidCount: 0,
    ticked: NONE_TICKED,
    tickedCount: 0,
    severalPayees: false,
    tickedFen: 0,
    paying: false,
    formProblem: '',
    /** What unpaid bills said before a fact of their month changed. */
    changes: [] as BillChange[],
  },
  methods: {
    onLoad() {
      void this.loadChanges()
      void this.list(async (cursor) => {
        const page = await listMyBills(cursor)
        // bills that the person unticked stay unticked; only new bills are ticked automatically
        const ticked = { ...this.data.ticked }
        const bills = cursor ? [...this.data.items, ...page.items] : page.items
        const payee = payeeOf(bills, ticked)
        for (const bill of page.items) {
          ticked[bill.id] = bill.can.pay && bill.payee === payee && (ticked[bill.id] ?? true)
        }
        this.setData({ unpaidFen: page.unpaidFen, unpaidCount: page.unpaidCount })
        this.tick(ticked, bills)
        return page
      })
    },
    /** The page is about paying: without the changes it is still whole. */
    async loadChanges() {
      const { items } = await listMyBillChanges().catch(() => ({ items: [] }))
      this.setData({ changes: items })
    },
    toggle(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.detail as { id: string }
      const { items, ticked } = this.data
      const toggled = items.find((bill) => bill.id === id)
      const kept = items.filter((bill) => ticked[bill.id] && bill.payee === toggled?.payee)
      const together = Object.fromEntries(items.map((bill) => [bill.id, kept.includes(bill)]))
      this.tick({ ...together, [id]: !ticked[id] }, items)
    },
    tick(ticked: Record<string, boolean>, bills: Bill[]) {
      const chosen = bills.filter(({ id }) => ticked[id])
      this.setData({
        ticked,
        severalPayees: bills.some(({ can, payee }) => can.pay && payee !== null),
        tickedCount: chosen.length,
        tickedFen: chosen.reduce((sum, { amountFen }) => sum + amountFen, 0),
        formProblem: chosen.length > MAX_BILLS ? `一次最多缴 ${MAX_BILLS} 个月，请少选几个月` : '',
      })
    },
    showPending(event: WechatMiniprogram.CustomEvent) {
      open(routes.payment((event.detail as { tradeNo: string }).tradeNo, 'asked'))
    },
    async pay() {
      const { paying, items, ticked, tickedCount } = this.data
      if (paying || tickedCount === 0 || tickedCount > MAX_BILLS) return
      this.setData({ paying: true, formProblem: '' })
      try {
        const payment = await openPayment(items.filter(({ id }) => ticked[id]).map(({ id }) => id))
        const confirmed = payment.request ? await askWechat(payment.request) : true
        // the result of WeChat's sheet is not reliable; the payment page asks the server
        await wx.redirectTo({ url: routes.payment(payment.tradeNo, confirmed ? 'confirming' : 'cancelled') })
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ paying: false })
      }
    },
    showBranch() {
      void wx.switchTab({ url: routes.branch })
    },
  },
})

/** One payment goes to one account: that of a bill ticked already, else of the oldest bill to pay. */
function payeeOf(bills: Bill[], ticked: Record<string, boolean>): string | null {
  const payable = bills.filter(({ can }) => can.pay)
  const chosen = payable.find(({ id }) => ticked[id]) ?? payable[payable.length - 1]
  return chosen?.payee ?? null
}
