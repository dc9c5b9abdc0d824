import type { AbsentMember } from '../../../../../server/contracts/organization/roster-import.js'
import { messageOf } from '../../../api/api-error'
import { answerAbsence, listAbsences } from '../../../api/roster-imports'
import { listBehavior } from '../../../behaviors/list.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { open, routes } from '../../../routes'

/** What may have become of somebody whom a roster does not name. Nothing is chosen beforehand. */
const CHOICES = [
  { word: '去世', kind: 'standing', value: 'died' },
  { word: '组织关系转出', kind: 'standing', value: 'transferred-out' },
  { word: '退党', kind: 'standing', value: 'left' },
  { word: '除名', kind: 'standing', value: 'removed' },
  { word: '转到别的支部', kind: 'unit', value: '' },
] as const

/** Members of the units of an import whom its file does not name: each is a question to a person. */
Component({
  behaviors: [textSizeBehavior, listBehavior<AbsentMember>()],
  data: { id: '', answering: '', leaving: false },
  methods: {
    onLoad({ id = '' }: { id?: string }) {
      this.setData({ id })
      void this.list((cursor) => listAbsences(id, cursor))
    },
    onShow() {
      // something may have been recorded of one of them
      if (this.data.leaving) void this.reload()
      this.setData({ leaving: false })
    },
    async record(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      const choice = await wx.showActionSheet({ itemList: CHOICES.map(({ word }) => word) }).catch(() => null)
      const chosen = choice && CHOICES[choice.tapIndex]
      if (!chosen) return
      this.setData({ leaving: true })
      open(routes.recordFact(id, chosen.kind, chosen.value))
    },
    async answer(event: WechatMiniprogram.CustomEvent) {
      const { id: memberId } = event.currentTarget.dataset as { id: string }
      if (this.data.answering) return
      this.setData({ answering: memberId })
      try {
        await answerAbsence(this.data.id, memberId)
        const items = this.data.items.filter((item) => item.memberId !== memberId)
        this.setData({ items, state: items.length || this.data.next ? 'content' : 'empty' })
      } catch (error) {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      } finally {
        this.setData({ answering: '' })
      }
    },
  },
})
