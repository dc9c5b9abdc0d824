import type { MemberRow } from '../../../../../server/contracts/member.js'
import { listMembers } from '../../../api/members'
import { listBehavior } from '../../../behaviors/list.behavior'
import { pollingBehavior } from '../../../behaviors/polling.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { DUES_CLASSES } from '../../../labels/bill'
import { CATEGORIES } from '../../../labels/member'
import { open, routes } from '../../../routes'

/** Typing a name of three characters is one question, not six. */
const TYPING_PAUSE_MS = 400

/** The roster of my scope, found by name. */
Component({
  behaviors: [textSizeBehavior, listBehavior<MemberRow>(), pollingBehavior],
  data: { q: '', categories: CATEGORIES, classes: DUES_CLASSES },
  methods: {
    onLoad() {
      this.search()
    },
    typed(event: WechatMiniprogram.CustomEvent) {
      this.setData({ q: event.detail as unknown as string })
      this.pollAfter(TYPING_PAUSE_MS, () => this.search())
    },
    search() {
      this.stopPolling()
      const q = this.data.q.trim()
      void this.list((cursor) => listMembers(q, cursor))
    },
    show(event: WechatMiniprogram.TouchEvent) {
      open(routes.member(String(event.currentTarget.dataset.id)))
    },
    importRoster() {
      open(routes.imports)
    },
  },
})
