import type { PrivacyStatement } from '../../../../server/contracts/platform/privacy.js'
import { readPrivacyStatement } from '../../api/account'
import { messageOf } from '../../api/api-error'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { goBack, routes } from '../../routes'
import { refreshAccount } from '../../state/account'
import { agree, agreedVersion, clearSignedOut, isSignedOut, wasSignedOutElsewhere } from '../../state/consent'

/** What the page is for: to be asked, to come back after signing out, or to read it again. */
type Purpose = 'ask' | 'return' | 'read'

/** Nothing is sent or kept before 同意 was pressed here; reading the statement itself is anonymous. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior],
  data: {
    statement: null as PrivacyStatement | null,
    purpose: 'ask' as Purpose,
    /** It was another device that signed this one out. */
    fromElsewhere: false,
    refused: false,
    /** The consent has just been taken back. */
    withdrawn: false,
    entering: false,
  },
  methods: {
    onLoad(query: { withdrawn?: string }) {
      const purpose: Purpose = agreedVersion() === null ? 'ask' : isSignedOut() ? 'return' : 'read'
      this.setData({ purpose, fromElsewhere: wasSignedOutElsewhere(), withdrawn: query.withdrawn === '1' })
      void this.run(async () => {
        this.setData({ statement: await readPrivacyStatement() })
        return 'content'
      })
    },
    async agree() {
      if (!this.data.statement || this.data.entering) return
      agree(this.data.statement.version)
      await this.enter()
    },
    async signInAgain() {
      clearSignedOut()
      await this.enter()
    },
    refuse() {
      this.setData({ refused: true })
      void wx.pageScrollTo({ scrollTop: 0 })
    },
    readAgain() {
      this.setData({ refused: false })
    },
    back() {
      goBack()
    },
    async enter() {
      this.setData({ entering: true })
      try {
        const { membership, binding, menu } = await refreshAccount()
        await wx.switchTab({ url: routes.home })
        // who is nobody here yet has one next step
        if (!membership && !binding && menu.length === 0) void wx.navigateTo({ url: routes.bind })
      } catch (error) {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      } finally {
        this.setData({ entering: false })
      }
    },
  },
})
