import type { HeldRole } from '../../../../../server/contracts/organization/role.js'
import { messageOf } from '../../../api/api-error'
import { endRole, listRoles } from '../../../api/roles'
import { listBehavior } from '../../../behaviors/list.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { open, routes } from '../../../routes'

type Filter = 'held' | 'ended'

const FILTERS: { state: Filter; word: string }[] = [
  { state: 'held', word: '现在担任' },
  { state: 'ended', word: '已经结束' },
]

/** Who may do what over which unit, and on what document; roles are ended here. */
Component({
  behaviors: [textSizeBehavior, listBehavior<HeldRole>()],
  data: {
    filters: FILTERS,
    filter: 'held' as Filter,
    ended: null as HeldRole | null,
    reason: '',
    asking: false,
    asksPin: false,
    sending: false,
    formProblem: '',
  },
  methods: {
    onLoad() {
      this.filterBy('held')
    },
    changeFilter(event: WechatMiniprogram.CustomEvent) {
      this.filterBy((event.detail as { name: Filter }).name)
    },
    filterBy(filter: Filter) {
      this.setData({ filter })
      void this.list((cursor) => listRoles(filter, cursor))
    },
    openOffice() {
      open(routes.giveRole())
    },
    chooseMember() {
      open(routes.members())
    },
    askWhy(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.detail as { id: string }
      const ended = this.data.items.find((item) => item.id === id)
      if (ended) this.setData({ ended, asking: true, formProblem: '' })
    },
    withReason(event: WechatMiniprogram.CustomEvent) {
      const { reason } = event.detail as { reason: string }
      this.setData({ reason, asking: false, asksPin: true, formProblem: '' })
    },
    closeSheets() {
      this.setData({ asking: false, asksPin: false })
    },
    async withPin(event: WechatMiniprogram.CustomEvent) {
      const { ended, reason, sending } = this.data
      if (!ended || sending) return
      this.setData({ sending: true, formProblem: '' })
      try {
        const role = await endRole(ended.id, { reason }, (event.detail as { pin: string }).pin)
        this.setData({ items: this.data.items.map((item) => (item.id === role.id ? role : item)) })
        this.closeSheets()
        const title = role.endedAt ? '已收回' : '已提交，等另一位管理员决定'
        void wx.showToast({ title, icon: 'none' })
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ sending: false })
      }
    },
  },
})
