import type { Account } from '../../../../server/contracts/home/account.js'
import type { TextSize } from '../../../../server/contracts/platform/preferences.js'
import { withdrawConsent } from '../../api/account'
import { messageOf } from '../../api/api-error'
import { signOut } from '../../api/session'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { tabPageBehavior } from '../../behaviors/tab-page.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { filingNumber } from '../../config'
import { BINDING_STATES, CATEGORIES } from '../../labels/member'
import { open, routes } from '../../routes'
import { account, chooseTextSize, refreshAccount } from '../../state/account'
import { withdraw } from '../../state/consent'

/** My account: identity, text size, disclosures, devices, sign-out and withdrawal of consent. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, tabPageBehavior],
  data: {
    me: null as Account | null,
    categories: CATEGORIES,
    bindingStates: BINDING_STATES,
    filingNumber,
    /** Empty unless this is a released version; WeChat numbers released versions only. */
    version: wx.getAccountInfoSync().miniProgram.version,
  },
  methods: {
    onShow() {
      this.markTab(routes.me)
      void this.run(async () => {
        this.setData({ me: await refreshAccount() })
        return 'content'
      })
    },
    async chooseSize(event: WechatMiniprogram.CustomEvent) {
      await this.attempt(() => chooseTextSize((event.detail as { size: TextSize }).size))
    },
    bind() {
      open(routes.bind)
    },
    showBills() {
      open(routes.bills)
    },
    showDisclosures() {
      open(routes.disclosures)
    },
    showArt23() {
      open(routes.art23)
    },
    showApprovals() {
      open(routes.myApprovals)
    },
    showRoles() {
      open(routes.myRoles)
    },
    showPin() {
      open(routes.pin)
    },
    showDevices() {
      open(routes.devices)
    },
    showPrivacy() {
      open(routes.privacy)
    },
    async signOut() {
      await this.attempt(async () => {
        await signOut()
        account.set(null)
        void wx.reLaunch({ url: routes.privacy })
      })
    },
    async withdraw() {
      const { confirm } = await wx.showModal({
        title: '撤回同意',
        content:
          '撤回后会退出登录，手机上的记录会清除，与党员身份的绑定会解除，以后要重新绑定、等支部确认。仍可到支部用纸质方式办理、用现金缴党费。',
        confirmText: '撤回',
        cancelText: '不撤回',
      })
      if (!confirm) return
      await this.attempt(async () => {
        await withdrawConsent()
        withdraw()
        account.set(null)
        void wx.reLaunch({ url: routes.privacyAfterWithdrawal })
      })
    },
    async attempt(work: () => Promise<void>) {
      await work().catch((error: unknown) => {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      })
    },
  },
})
