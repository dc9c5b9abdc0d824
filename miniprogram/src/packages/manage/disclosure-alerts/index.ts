import type {
  DisclosedMember,
  DisclosureAlertItem,
} from '../../../../../server/contracts/organization/disclosure-alert.js'
import { messageOf } from '../../../api/api-error'
import { acknowledgeAlert, listAlerts, listDisclosed } from '../../../api/disclosure-alerts'
import { listBehavior } from '../../../behaviors/list.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'

/** Who below me has read unusually many full numbers within an hour: whose, and what I found. */
Component({
  behaviors: [textSizeBehavior, listBehavior<DisclosureAlertItem>()],
  data: {
    opened: '',
    members: [] as DisclosedMember[],
    nextMembers: null as string | null,
    acknowledged: null as DisclosureAlertItem | null,
    writing: false,
    sending: false,
    formProblem: '',
  },
  methods: {
    onLoad() {
      void this.list(async () => ({ ...(await listAlerts()), next: null }))
    },
    async showMembers(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      const isMore = this.data.opened === id
      try {
        const page = await listDisclosed(id, isMore ? (this.data.nextMembers ?? undefined) : undefined)
        this.setData({
          opened: id,
          members: isMore ? [...this.data.members, ...page.items] : page.items,
          nextMembers: page.next,
        })
      } catch (error) {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      }
    },
    askForRemark(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      const acknowledged = this.data.items.find((item) => item.id === id)
      if (acknowledged) this.setData({ acknowledged, writing: true, formProblem: '' })
    },
    closeRemark() {
      this.setData({ writing: false })
    },
    async acknowledge(event: WechatMiniprogram.CustomEvent) {
      const { acknowledged, sending } = this.data
      if (!acknowledged || sending) return
      this.setData({ sending: true, formProblem: '' })
      try {
        await acknowledgeAlert(acknowledged.id, (event.detail as { reason: string }).reason)
        this.setData({ writing: false })
        await this.reload()
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ sending: false })
      }
    },
  },
})
