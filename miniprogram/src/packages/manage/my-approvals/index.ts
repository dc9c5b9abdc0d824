import type { Approval } from '../../../../../server/contracts/platform/approval.js'
import { messageOf } from '../../../api/api-error'
import { listMyApprovals, objectTo, withdrawApproval } from '../../../api/approvals'
import { listBehavior } from '../../../behaviors/list.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { APPROVAL_STATES } from '../../../labels/approval'

/** What I asked for, and what others ask about me: I take mine back and object to theirs. */
Component({
  behaviors: [textSizeBehavior, listBehavior<Approval>()],
  data: {
    states: APPROVAL_STATES,
    working: '',
    objected: null as Approval | null,
    objecting: false,
    formProblem: '',
  },
  methods: {
    onLoad() {
      void this.list(listMyApprovals)
    },
    async withdraw(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      if (this.data.working) return
      this.setData({ working: id })
      try {
        this.replace(await withdrawApproval(id))
      } catch (error) {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      } finally {
        this.setData({ working: '' })
      }
    },
    askWhy(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      const objected = this.data.items.find((item) => item.id === id)
      if (objected) this.setData({ objected, objecting: true, formProblem: '' })
    },
    closeReason() {
      this.setData({ objecting: false })
    },
    async object(event: WechatMiniprogram.CustomEvent) {
      const { objected, working } = this.data
      if (!objected || working) return
      this.setData({ working: objected.id, formProblem: '' })
      try {
        this.replace(await objectTo(objected.id, (event.detail as { reason: string }).reason))
        this.setData({ objecting: false })
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ working: '' })
      }
    },
    replace(approval: Approval) {
      this.setData({ items: this.data.items.map((item) => (item.id === approval.id ? approval : item)) })
    },
  },
})
