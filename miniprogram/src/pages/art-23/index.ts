import type { OwnArt23 } from '../../../../server/contracts/organization/exemption.js'
import { askForArt23, readArt23 } from '../../api/members'
import { draftBehavior } from '../../behaviors/draft.behavior'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { APPROVAL_STATES } from '../../labels/member'

/** Whether anything is demanded of me in organizational life, and asking that nothing is. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, draftBehavior({ reason: '' })],
  data: { own: null as OwnArt23 | null, states: APPROVAL_STATES },
  methods: {
    onLoad() {
      this.restoreDraft('art-23')
      void this.refresh()
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    refresh(): Promise<void> {
      return this.run(async () => {
        this.setData({ own: await readArt23() })
        return 'content'
      })
    },
    async submit() {
      const reason = this.data.form.reason.trim()
      if (reason.length < 2) {
        this.setData({ errors: { reason: '请写明理由，至少两个字' } })
        return
      }
      await this.send(async () => {
        this.setData({ own: await askForArt23({ reason }) })
        this.clearDraft()
        void wx.showToast({ title: '已提出', icon: 'success' })
      })
    },
  },
})
