import type { MemberFact } from '../../../../../server/contracts/organization/member-fact.js'
import type { Member } from '../../../../../server/contracts/home/member-page.js'
import { messageOf } from '../../../api/api-error'
import { listFacts, readMember, withdrawFact } from '../../../api/members'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { FACT_KINDS } from '../../../labels/member'
import { open, routes } from '../../../routes'

/** What held for a member from which day until which, and what was taken back. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior],
  data: {
    id: '',
    member: null as Member | null,
    facts: [] as MemberFact[],
    kinds: FACT_KINDS,
    /** Kept when the sheet is closed, together with the typed reason. */
    withdrawing: '',
    asking: false,
    sending: false,
    formProblem: '',
  },
  methods: {
    onLoad(query: { id?: string }) {
      this.setData({ id: query.id ?? '' })
    },
    onShow() {
      void this.refresh()
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    refresh(): Promise<void> {
      return this.run(async () => {
        const [member, { items }] = await Promise.all([readMember(this.data.id), listFacts(this.data.id)])
        this.setData({ member, facts: items })
        return 'content'
      })
    },
    record() {
      open(routes.recordFact(this.data.id))
    },
    askToWithdraw(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      this.setData({ withdrawing: id, asking: true, formProblem: '' })
    },
    closeReason() {
      this.setData({ asking: false })
    },
    async withdraw(event: WechatMiniprogram.CustomEvent) {
      if (this.data.sending) return
      this.setData({ sending: true, formProblem: '' })
      try {
        const { reason } = event.detail as { reason: string }
        const { items } = await withdrawFact(this.data.id, this.data.withdrawing, reason)
        this.setData({ facts: items, asking: false })
        void wx.showToast({ title: '已撤回', icon: 'success' })
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ sending: false })
      }
    },
  },
})
