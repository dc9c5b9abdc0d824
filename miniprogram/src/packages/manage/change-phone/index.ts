import type { Member } from '../../../../../server/contracts/home/member-page.js'
import { changePhone, readMember } from '../../../api/members'
import { draftBehavior } from '../../../behaviors/draft.behavior'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { goBack } from '../../../routes'

/** Enters another telephone number for a member. That of somebody who is bound waits for a second person. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, draftBehavior({ phone: '', reason: '' })],
  data: {
    id: '',
    member: null as Member | null,
  },
  methods: {
    onLoad(query: { id?: string }) {
      const id = query.id ?? ''
      this.setData({ id })
      void this.run(async () => {
        this.setData({ member: await readMember(id) })
        return 'content'
      })
    },
    async submit() {
      const phone = this.data.form.phone.trim()
      const reason = this.data.form.reason.trim()
      const errors: Record<string, string> = {}
      if (!/^1\d{10}$/.test(phone)) errors.phone = '应是 11 位手机号'
      if (reason.length < 2) errors.reason = '请写明原因，至少两个字'
      this.setData({ errors })
      if (errors.phone || errors.reason) return
      await this.send(async () => {
        const { message } = await changePhone(this.data.id, { phone, reason })
        this.clearDraft()
        await wx.showModal({
          title: '更换手机号',
          content: message,
          showCancel: false,
          confirmText: '知道了',
        })
        goBack()
      })
    },
  },
})
