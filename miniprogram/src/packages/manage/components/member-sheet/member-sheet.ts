import type { MemberRow } from '../../../../../../server/contracts/home/member-page.js'
import { listMembers } from '../../../../api/members'
import { loadingBehavior } from '../../../../behaviors/loading.behavior'
import { pollingBehavior } from '../../../../behaviors/polling.behavior'

/** Wait in ms after the last keystroke, so that typing a name sends one query. */
const TYPING_PAUSE_MS = 400

/** Lets the person choose a member in scope by name. The event `choose` carries id, name and unit. */
Component({
  behaviors: [loadingBehavior, pollingBehavior],
  properties: {
    show: Boolean,
    title: String,
    /** Only members of this unit and those below it. */
    unitId: String,
  },
  data: { shown: [] as MemberRow[], q: '' },
  observers: {
    show(isShown: boolean) {
      if (isShown && !this.data.shown.length) void this.load()
    },
  },
  methods: {
    load(): Promise<void> {
      const { q, unitId } = this.data
      return this.run(async () => {
        const { items } = await listMembers({ q: q.trim(), unitId })
        if (q === this.data.q) this.setData({ shown: items })
        return 'content'
      })
    },
    typed(event: WechatMiniprogram.CustomEvent) {
      this.setData({ q: event.detail as unknown as string })
      this.pollAfter(TYPING_PAUSE_MS, () => void this.load())
    },
    choose(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      const member = this.data.shown.find((item) => item.id === id)
      if (member) this.triggerEvent('choose', member)
    },
    close() {
      this.triggerEvent('close')
    },
  },
})
