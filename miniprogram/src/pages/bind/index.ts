import type { OwnBinding } from '../../../../server/contracts/organization/binding.js'
import type { BranchContact } from '../../../../server/contracts/home/today.js'
import { readToday } from '../../api/account'
import { messageOf } from '../../api/api-error'
import { claimBinding, nameBinding, withdrawBinding } from '../../api/bindings'
import { draftBehavior } from '../../behaviors/draft.behavior'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { pollingBehavior } from '../../behaviors/polling.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { BINDING_STATES } from '../../labels/member'
import { routes } from '../../routes'
import { refreshAccount } from '../../state/account'

/** How often the open page asks whether the branch has decided. A decision takes longer than seconds. */
const POLL_GAP_MS = 20_000

/** Binds an account to a member: the person proves the phone number through WeChat, then the branch confirms. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, pollingBehavior, draftBehavior({ name: '' })],
  data: {
    binding: null as OwnBinding | null,
    contact: null as BranchContact | null,
    memberName: '',
    states: BINDING_STATES,
    confirmed: false,
  },
  methods: {
    onLoad() {
      this.restoreDraft('binding-name')
    },
    onShow() {
      void this.run(async () => {
        await this.look()
        return 'content'
      })
    },
    onHide() {
      this.stopPolling()
    },
    async look() {
      const [{ binding, membership }, { contact }] = await Promise.all([refreshAccount(), readToday()])
      this.setData({ binding, contact, confirmed: membership !== null, memberName: membership?.name ?? '' })
      this.lookAgainLater()
    },
    /** While the claim is pending, polls for the decision of the branch. */
    lookAgainLater() {
      this.stopPolling()
      if (this.data.binding?.state === 'pending')
        this.pollAfter(POLL_GAP_MS, () => void this.look().catch(() => this.lookAgainLater()))
    },
    async claim(event: WechatMiniprogram.CustomEvent) {
      const { code } = event.detail as { code?: string }
      if (!code) {
        this.setData({ formProblem: '没有拿到手机号。您可以再点一次，或者请书记在花名册里查您的号码' })
        return
      }
      await this.send(async () => {
        await claimBinding({ phoneCode: code })
        await this.look()
      })
    },
    async sendName() {
      const { binding, form } = this.data
      if (!binding) return
      const name = form.name.trim()
      if (!name) {
        this.setData({ 'errors.name': '请填写姓名' })
        return
      }
      await this.send(async () => {
        await nameBinding(binding.id, { name })
        this.clearDraft()
        await this.look()
      })
    },
    async withdraw() {
      const { binding } = this.data
      if (!binding) return
      await this.send(async () => {
        await withdrawBinding(binding.id)
        await this.look()
      })
    },
    async refresh() {
      try {
        await this.look()
        if (this.data.binding?.state === 'pending')
          void wx.showToast({ title: '支部还没有确认，请过一会儿再看', icon: 'none' })
      } catch (error) {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      }
    },
    goHome() {
      void wx.switchTab({ url: routes.home })
    },
  },
})
