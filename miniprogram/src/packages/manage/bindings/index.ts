import type { Binding, ListBindings } from '../../../../../server/contracts/organization/binding.js'
import { messageOf } from '../../../api/api-error'
import {
  askToUndoBinding,
  confirmBinding,
  listBindings,
  rejectBinding,
  undoBinding,
} from '../../../api/bindings'
import { listBehavior } from '../../../behaviors/list.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { BINDING_STATES } from '../../../labels/member'

type Filter = NonNullable<ListBindings['state']>

const FILTERS: { state: Filter; word: string; emptyTitle: string }[] = [
  { state: 'pending', word: '待确认', emptyTitle: '没有等您确认的绑定' },
  { state: 'confirmed', word: '已确认', emptyTitle: '还没有确认过绑定' },
  { state: 'rejected', word: '未通过', emptyTitle: '没有未通过的绑定' },
  { state: 'refused', word: '重复申请', emptyTitle: '没有人重复申请' },
]

/** The decision for which a reason is asked. */
interface Decision {
  verb: 'reject' | 'undo' | 'ask'
  binding: Binding
  title: string
  action: string
}

/** Binding claims: confirm them, reject them, or undo a confirmation. */
Component({
  behaviors: [textSizeBehavior, listBehavior<Binding>()],
  data: {
    filters: FILTERS,
    filter: 'pending' as Filter,
    emptyTitle: '',
    states: BINDING_STATES,
    working: '',
    /** Kept when the sheet is closed, together with the typed reason. */
    decision: null as Decision | null,
    asking: false,
    formProblem: '',
  },
  methods: {
    onLoad() {
      this.filterBy('pending')
    },
    changeFilter(event: WechatMiniprogram.CustomEvent) {
      this.filterBy((event.detail as { name: Filter }).name)
    },
    filterBy(filter: Filter) {
      const emptyTitle = FILTERS.find(({ state }) => state === filter)?.emptyTitle ?? ''
      this.setData({ filter, emptyTitle })
      void this.list((cursor) => listBindings(filter, cursor))
    },
    async confirm(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      if (this.data.working) return
      this.setData({ working: id })
      try {
        this.replace(await confirmBinding(id))
      } catch (error) {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      } finally {
        this.setData({ working: '' })
      }
    },
    askToReject(event: WechatMiniprogram.CustomEvent) {
      this.askWhy(event, 'reject', '为什么不是本人', '不通过')
    },
    askToUndo(event: WechatMiniprogram.CustomEvent) {
      this.askWhy(event, 'undo', '为什么撤销', '撤销绑定')
    },
    askAbove(event: WechatMiniprogram.CustomEvent) {
      this.askWhy(event, 'ask', '请上级撤销绑定', '提交')
    },
    askWhy(event: WechatMiniprogram.CustomEvent, verb: Decision['verb'], title: string, action: string) {
      const { id } = event.currentTarget.dataset as { id: string }
      const binding = this.data.items.find((item) => item.id === id)
      if (!binding) return
      this.setData({
        decision: { verb, binding, title: `${binding.memberName}：${title}`, action },
        asking: true,
        formProblem: '',
      })
    },
    closeReason() {
      this.setData({ asking: false })
    },
    async decide(event: WechatMiniprogram.CustomEvent) {
      const { decision, working } = this.data
      if (!decision || working) return
      const { reason } = event.detail as { reason: string }
      const { id } = decision.binding
      this.setData({ working: id, formProblem: '' })
      try {
        if (decision.verb === 'ask') {
          await askToUndoBinding(id, { reason })
          void wx.showToast({ title: '已请上级办理', icon: 'none' })
        } else {
          this.replace(await (decision.verb === 'reject' ? rejectBinding : undoBinding)(id, { reason }))
        }
        this.setData({ decision: null, asking: false })
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ working: '' })
      }
    },
    /** Updates the row in place, so that the list does not move and the next row is easy to find. */
    replace(binding: Binding) {
      this.setData({ items: this.data.items.map((item) => (item.id === binding.id ? binding : item)) })
    },
  },
})
