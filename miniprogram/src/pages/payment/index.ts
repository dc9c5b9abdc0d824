import type { Payment } from '../../../../server/contracts/platform/payment.js'
import { ApiError, messageOf } from '../../api/api-error'
import { closePayment, readPayment } from '../../api/dues'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { pollingBehavior } from '../../behaviors/polling.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { routes } from '../../routes'
import { askWechat } from '../../state/wechat-pay'

/** Waits between queries, 30 s in total. After that the page stops asking. */
const POLL_GAPS_MS = [1_000, 1_500, 2_500, 4_000, 6_000, 7_000, 8_000]

/** How the person came here: they confirmed the sheet, closed it, or opened an earlier order. */
type Shown = 'confirming' | 'cancelled' | 'asked'

/** What the page shows about the payment. */
type Outcome = 'confirming' | 'later' | 'paid' | 'unfinished' | 'unknown' | 'closed'

/** The result of a payment, as the server reports it. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, pollingBehavior],
  data: {
    tradeNo: '',
    payment: null as Payment | null,
    outcome: 'confirming' as Outcome,
    working: false,
    formProblem: '',
  },
  methods: {
    onLoad(query: { tradeNo?: string; shown?: string }) {
      this.setData({ tradeNo: decodeURIComponent(query.tradeNo ?? '') })
      void this.ask(query.shown === 'confirming' || query.shown === 'cancelled' ? query.shown : 'asked')
    },
    ask(shown: Shown, turn = 0): Promise<void> {
      return this.run(async () => {
        try {
          this.show(await readPayment(this.data.tradeNo), shown, turn)
          return 'content'
        } catch (error) {
          if (error instanceof ApiError && error.status === 404) return 'empty'
          throw error
        }
      })
    },
    show(payment: Payment, shown: Shown, turn: number) {
      const gap = POLL_GAPS_MS[turn]
      this.stopPolling()
      this.setData({ payment, outcome: outcomeOf(payment, shown, gap !== undefined) })
      // after a cancelled sheet no payment can follow, so the page does not poll
      if (payment.state === 'pending' && shown !== 'cancelled' && gap !== undefined)
        this.pollAfter(gap, () => void this.ask(shown, turn + 1))
    },
    async askAgain() {
      await this.ask(this.data.outcome === 'unknown' ? 'asked' : 'confirming')
      if (this.data.outcome === 'unknown')
        void wx.showToast({ title: '微信还没有付款结果，请过一会儿再查', icon: 'none' })
    },
    async payAgain() {
      const { payment } = this.data
      if (!payment?.request) return
      await this.work(async () => {
        this.stopPolling()
        const confirmed = await askWechat(payment.request as NonNullable<Payment['request']>)
        await this.ask(confirmed ? 'confirming' : 'cancelled')
      })
    },
    async giveUp() {
      await this.work(async () => {
        this.stopPolling()
        this.show(await closePayment(this.data.tradeNo), 'cancelled', 0)
      })
    },
    async work(what: () => Promise<void>) {
      if (this.data.working) return
      this.setData({ working: true, formProblem: '' })
      try {
        await what()
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ working: false })
      }
    },
    showBills() {
      void wx.redirectTo({ url: routes.bills })
    },
    goHome() {
      void wx.switchTab({ url: routes.home })
    },
  },
})

function outcomeOf(payment: Payment, shown: Shown, asksAgain: boolean): Outcome {
  if (payment.state === 'paid') return 'paid'
  if (payment.state === 'closed') return 'closed'
  if (shown === 'cancelled') return 'unfinished'
  if (shown === 'asked') return 'unknown'
  return asksAgain ? 'confirming' : 'later'
}
