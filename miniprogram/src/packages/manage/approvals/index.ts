import type { Approval, ApprovalRequestLine } from '../../../../../server/contracts/platform/approval.js'
import { messageOf } from '../../../api/api-error'
import { approve, listApprovals, listRequests, refuse } from '../../../api/approvals'
import { listBehavior } from '../../../behaviors/list.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { APPROVAL_STATES } from '../../../labels/approval'

/** What others ask for and I decide: a single thing, or a whole list at once. */
Component({
  behaviors: [textSizeBehavior, listBehavior<Approval>()],
  data: {
    states: APPROVAL_STATES,
    working: '',
    /** The list whose requests are shown, and as far as they were read. */
    opened: '',
    requests: [] as ApprovalRequestLine[],
    nextRequests: null as string | null,
    decided: null as Approval | null,
    refusing: false,
    asksPin: false,
    formProblem: '',
  },
  methods: {
    onLoad() {
      void this.list(listApprovals)
    },
    find(event: WechatMiniprogram.CustomEvent): Approval | undefined {
      const { id } = event.currentTarget.dataset as { id: string }
      return this.data.items.find((item) => item.id === id)
    },
    async showRequests(event: WechatMiniprogram.CustomEvent) {
      const approval = this.find(event)
      if (!approval) return
      const isMore = this.data.opened === approval.id
      await this.attempt(async () => {
        const page = await listRequests(
          approval.id,
          isMore ? (this.data.nextRequests ?? undefined) : undefined,
        )
        this.setData({
          opened: approval.id,
          requests: isMore ? [...this.data.requests, ...page.items] : page.items,
          nextRequests: page.next,
        })
      })
    },
    agree(event: WechatMiniprogram.CustomEvent) {
      const decided = this.find(event)
      if (!decided || this.data.working) return
      this.setData({ decided, formProblem: '' })
      if (decided.asksPin) this.setData({ asksPin: true })
      else void this.sendApproval('')
    },
    withPin(event: WechatMiniprogram.CustomEvent) {
      void this.sendApproval((event.detail as { pin: string }).pin)
    },
    async sendApproval(pin: string) {
      const { decided } = this.data
      if (!decided) return
      await this.decide(decided.id, () => approve(decided.id, pin))
    },
    askWhyNot(event: WechatMiniprogram.CustomEvent) {
      const decided = this.find(event)
      if (decided) this.setData({ decided, refusing: true, formProblem: '' })
    },
    closeSheets() {
      this.setData({ refusing: false, asksPin: false })
    },
    async sendRefusal(event: WechatMiniprogram.CustomEvent) {
      const { decided } = this.data
      const { reason } = event.detail as { reason: string }
      if (decided) await this.decide(decided.id, () => refuse(decided.id, reason))
    },
    async decide(id: string, work: () => Promise<Approval>) {
      if (this.data.working) return
      this.setData({ working: id, formProblem: '' })
      try {
        const approval = await work()
        this.setData({ items: this.data.items.map((item) => (item.id === id ? approval : item)) })
        this.closeSheets()
      } catch (error) {
        const isSheet = this.data.refusing || this.data.asksPin
        if (isSheet) this.setData({ formProblem: messageOf(error) })
        else void wx.showToast({ title: messageOf(error), icon: 'none' })
      } finally {
        this.setData({ working: '' })
      }
    },
    async attempt(work: () => Promise<void>) {
      await work().catch((error: unknown) => {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      })
    },
  },
})
