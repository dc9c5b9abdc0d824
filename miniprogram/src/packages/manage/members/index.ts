import type { MemberRow } from '../../../../../server/contracts/home/member-page.js'
import { listMembers, type MemberFilter } from '../../../api/members'
import { listBehavior } from '../../../behaviors/list.behavior'
import { pollingBehavior } from '../../../behaviors/polling.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { DUES_CLASSES } from '../../../labels/bill'
import { CATEGORIES } from '../../../labels/member'
import { open, routes } from '../../../routes'
import { assessmentCount } from '../../../state/assessments'

/** Wait in ms after the last keystroke, so that typing a name sends one query. */
const TYPING_PAUSE_MS = 400

const TITLES = { missing: '还没有核定的党员', 'near-zero': '计算基数过低的党员' }

/** The members in my scope, searchable by name. */
Component({
  behaviors: [textSizeBehavior, listBehavior<MemberRow>(), pollingBehavior],
  data: {
    q: '',
    /** `missing`: without an assessment, so they cannot be billed yet. `near-zero`: with a base of zero or hardly more. */
    assessment: undefined as MemberFilter['assessment'],
    /** Value of `assessmentCount` when the list was read. */
    assessed: 0,
    categories: CATEGORIES,
    classes: DUES_CLASSES,
  },
  methods: {
    onLoad(query: { assessment?: string }) {
      this.setData({ assessed: assessmentCount.get() })
      if (query.assessment === 'missing' || query.assessment === 'near-zero') {
        this.setData({ assessment: query.assessment })
        void wx.setNavigationBarTitle({ title: TITLES[query.assessment] })
      }
      this.search()
    },
    onShow() {
      const assessed = assessmentCount.get()
      if (this.data.assessed === assessed) return
      this.setData({ assessed })
      void this.reload()
    },
    typed(event: WechatMiniprogram.CustomEvent) {
      this.setData({ q: event.detail as unknown as string })
      this.pollAfter(TYPING_PAUSE_MS, () => this.search())
    },
    search() {
      this.stopPolling()
      const { assessment } = this.data
      const q = this.data.q.trim()
      void this.list((cursor) => listMembers({ q, assessment }, cursor))
    },
    show(event: WechatMiniprogram.TouchEvent) {
      open(routes.member(String(event.currentTarget.dataset.id)))
    },
    importRoster() {
      open(routes.imports)
    },
  },
})
