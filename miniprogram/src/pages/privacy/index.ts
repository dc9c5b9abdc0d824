import type { PrivacyStatement } from '../../../../server/contracts/platform/privacy.js'
import { readPrivacyStatement } from '../../api/account'
import { messageOf } from '../../api/api-error'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { goBack, routes } from '../../routes'
import { refreshAccount } from '../../state/account'
import { agree, agreedVersion, clearSignedOut, isSignedOut, wasSignedOutElsewhere } from '../../state/consent'

/** The purpose of the page: ask for consent, sign in again, or show the statement. */
type Purpose = 'ask' | 'return' | 'read'

/** The privacy statement. Before the person taps 同意, nothing is stored, and only the statement is read, anonymously. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior],
  data: {
    statement: null as PrivacyStatement | null,
    purpose: 'ask' as Purpose,
    /** Whether another device signed this one out. */
    fromElsewhere: false,
    refused: false,
    /** Whether the person has just withdrawn consent. */
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
        // a person without binding and without office has one next step: to bind
        if (!membership && !binding && menu.length === 0) void wx.navigateTo({ url: routes.bind })
      } catch (error) {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      } finally {
        this.setData({ entering: false })
      }
    },
  },
})
