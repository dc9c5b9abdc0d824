import type { HeldPost, UnitPostList } from '../../../../../server/contracts/organization/unit-post.js'
import type { Unit } from '../../../../../server/contracts/organization/unit.js'
import { messageOf } from '../../../api/api-error'
import { listPosts, listPostHistory, withdrawPost } from '../../../api/posts'
import { listUnits } from '../../../api/units'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { open, routes } from '../../../routes'

/** Who holds which post in a unit on a day, and what was recorded before. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior],
  data: {
    unitId: '',
    /** Empty: today. */
    day: '',
    list: null as UnitPostList | null,
    /** Rows of the history that are not in the list. */
    past: [] as HeldPost[],
    hasOthers: false,
    choosing: false,
    /** Kept when the sheet is closed, together with the typed reason. */
    withdrawing: '',
    asking: false,
    sending: false,
    formProblem: '',
  },
  methods: {
    onShow() {
      void this.refresh()
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    refresh(): Promise<void> {
      return this.run(async () => {
        const unitId = this.data.unitId || (await this.firstUnit())
        const [list, history] = await Promise.all([listPosts(unitId, this.data.day), listPostHistory(unitId)])
        const shown = list.items.map(({ id }) => id)
        this.setData({ unitId, list, past: history.items.filter(({ id }) => !shown.includes(id)) })
        return 'content'
      })
    },
    async firstUnit(): Promise<string> {
      const { items } = await listUnits()
      this.setData({ hasOthers: items.length > 1 })
      return items[0]?.id ?? ''
    },
    chooseUnit() {
      if (this.data.hasOthers) this.setData({ choosing: true })
    },
    closeUnits() {
      this.setData({ choosing: false })
    },
    chosen(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.detail as unknown as Unit
      this.setData({ unitId: id, choosing: false })
      void this.refresh()
    },
    chooseDay(event: WechatMiniprogram.CustomEvent) {
      this.setData({ day: (event.detail as { value: string }).value })
      void this.refresh()
    },
    hold() {
      open(routes.recordPost(this.data.unitId, 'hold'))
    },
    end(event: WechatMiniprogram.CustomEvent) {
      open(routes.recordPost(this.data.unitId, 'end', idOf(event)))
    },
    correct(event: WechatMiniprogram.CustomEvent) {
      open(routes.recordPost(this.data.unitId, 'correct', idOf(event)))
    },
    askToWithdraw(event: WechatMiniprogram.CustomEvent) {
      this.setData({ withdrawing: idOf(event), asking: true, formProblem: '' })
    },
    closeReason() {
      this.setData({ asking: false })
    },
    async withdraw(event: WechatMiniprogram.CustomEvent) {
      if (this.data.sending) return
      this.setData({ sending: true, formProblem: '' })
      try {
        const { reason } = event.detail as { reason: string }
        await withdrawPost(this.data.unitId, this.data.withdrawing, reason)
        this.setData({ asking: false })
        void wx.showToast({ title: '已撤回', icon: 'success' })
        void this.refresh()
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ sending: false })
      }
    },
  },
})

const idOf = (event: WechatMiniprogram.CustomEvent): string =>
  (event.currentTarget.dataset as { id: string }).id
