import { choosePin, readPin } from '../../../api/approvals'
import { messageOf } from '../../../api/api-error'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { goBack } from '../../../routes'

type Field = 'oldPin' | 'pin' | 'again'
const PIN = /^\d{6}$/

/** Sets or changes the PIN. What is typed is no draft: it is kept nowhere. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior],
  data: {
    isSet: false,
    mayHave: false,
    form: { oldPin: '', pin: '', again: '' },
    errors: {},
    sending: false,
    formProblem: '',
  },
  methods: {
    onLoad() {
      void this.run(async () => {
        this.setData({ ...(await readPin()) })
        return 'content'
      })
    },
    onUnload() {
      this.setData({ form: { oldPin: '', pin: '', again: '' } })
    },
    typed(event: WechatMiniprogram.CustomEvent) {
      const { field } = event.currentTarget.dataset as { field: Field }
      this.setData({ [`form.${field}`]: event.detail, errors: {}, formProblem: '' })
    },
    async submit() {
      const { form, isSet, sending } = this.data
      if (sending) return
      const errors: Partial<Record<Field, string>> = {}
      if (isSet && !PIN.test(form.oldPin)) errors.oldPin = '请输入现在的六位数字'
      if (!PIN.test(form.pin)) errors.pin = '应是六位数字'
      else if (form.pin !== form.again) errors.again = '两次输入的不一样'
      this.setData({ errors })
      if (Object.keys(errors).length > 0) return
      this.setData({ sending: true, formProblem: '' })
      try {
        await choosePin({ pin: form.pin, ...(isSet ? { oldPin: form.oldPin } : {}) })
        void wx.showToast({ title: '已设置', icon: 'success' })
        goBack()
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ sending: false })
      }
    },
  },
})
