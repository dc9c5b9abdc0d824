import type { OwnBinding } from '../../../../server/contracts/account.js'
import { messageOf } from '../../api/api-error'
import { claimBinding, nameBinding, withdrawBinding } from '../../api/bindings'
import { draftBehavior } from '../../behaviors/draft.behavior'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { BINDING_STATES } from '../../labels/member'
import { routes } from '../../routes'
import { refreshAccount } from '../../state/account'

/** A member shows who they are with the number WeChat vouches for; the branch confirms. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, draftBehavior({ name: '' })],
  data: { binding: null as OwnBinding | null, memberName: '', states: BINDING_STATES, confirmed: false },
  methods: {
    onLoad() {
      this.restoreDraft('binding-name')
    },
    onShow() {
      void this.run(async () => {
        const { binding, membership } = await refreshAccount()
        this.setData({ binding, confirmed: membership !== null, memberName: membership?.name ?? '' })
        return 'content'
      })
    },
    async claim(event: WechatMiniprogram.CustomEvent) {
      const { code } = event.detail as { code?: string }
      if (!code) {
        this.setData({ formProblem: '没有拿到手机号。您可以再点一次，或者请书记在名册里查您的号码' })
        return
      }
      await this.send(async () => {
        this.setData({ binding: await claimBinding({ phoneCode: code }) })
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
        this.setData({ binding: await nameBinding(binding.id, { name }) })
        this.clearDraft()
      })
    },
    async withdraw() {
      const { binding } = this.data
      if (!binding) return
      await this.send(async () => {
        await withdrawBinding(binding.id)
        this.setData({ binding: null })
      })
    },
    async refresh() {
      await refreshAccount()
        .then(({ binding, membership }) =>
          this.setData({ binding, confirmed: membership !== null, memberName: membership?.name ?? '' }),
        )
        .catch((error: unknown) => void wx.showToast({ title: messageOf(error), icon: 'none' }))
    },
    goHome() {
      void wx.switchTab({ url: routes.home })
    },
  },
})
