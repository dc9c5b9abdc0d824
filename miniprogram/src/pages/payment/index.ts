import type { Payment } from '../../../../server/contracts/payment.js'
import { messageOf } from '../../api/api-error'
import { closePayment, readPayment } from '../../api/dues'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { pollingBehavior } from '../../behaviors/polling.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { routes } from '../../routes'
import { askWechat } from '../../state/wechat-pay'

/** Gaps between questions: 30 s altogether, after which a person should not have to wait any more. */
const POLL_GAPS_MS = [1_000, 1_500, 2_500, 4_000, 6_000, 7_000, 8_000]

/** What can honestly be said now. */
type Outcome = 'confirming' | 'later' | 'paid' | 'unfinished' | 'closed'

/** Whether money has moved, as the server knows it. */
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
      void this.ask(query.shown === 'confirming')
    },
    /** @param poll whether WeChat's sheet was confirmed, so that an answer is expected any moment */
    ask(poll: boolean, turn = 0): Promise<void> {
      return this.run(async () => {
        const payment = await readPayment(this.data.tradeNo)
        this.show(payment, poll, turn)
        return 'content'
      })
    },
    show(payment: Payment, poll: boolean, turn: number) {
      const gap = POLL_GAPS_MS[turn]
      this.stopPolling()
      this.setData({ payment, outcome: outcomeOf(payment, poll, gap !== undefined) })
      if (payment.state === 'pending' && poll && gap !== undefined)
        this.pollAfter(gap, () => void this.ask(true, turn + 1))
    },
    askAgain() {
      void this.ask(true)
    },
    async payAgain() {
      const { payment } = this.data
      if (!payment?.request) return
      await this.work(async () => {
        const confirmed = await askWechat(payment.request as NonNullable<Payment['request']>)
        await this.ask(confirmed)
      })
    },
    async giveUp() {
      await this.work(async () => {
        this.show(await closePayment(this.data.tradeNo), false, 0)
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

function outcomeOf(payment: Payment, poll: boolean, asksAgain: boolean): Outcome {
  if (payment.state === 'paid') return 'paid'
  if (payment.state === 'closed') return 'closed'
  if (!poll) return 'unfinished'
  return asksAgain ? 'confirming' : 'later'
}
