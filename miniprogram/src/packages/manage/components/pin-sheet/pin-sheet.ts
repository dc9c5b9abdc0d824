const PIN = /^\d{6}$/

/** A bottom sheet that asks for the PIN. The event `send` carries it; it is forgotten as soon as the sheet closes. */
Component({
  properties: {
    show: Boolean,
    title: String,
    action: String,
    sending: Boolean,
    /** What the server said, such as how many tries are left. */
    problem: String,
  },
  data: { pin: '', missing: '' },
  methods: {
    typed(event: WechatMiniprogram.CustomEvent) {
      this.setData({ pin: event.detail as unknown as string, missing: '' })
    },
    send() {
      if (PIN.test(this.data.pin)) this.triggerEvent('send', { pin: this.data.pin })
      else this.setData({ missing: '请输入六位数字' })
    },
    close() {
      this.triggerEvent('close')
    },
  },
  observers: {
    show(isShown: boolean) {
      if (!isShown) this.setData({ pin: '', missing: '' })
    },
    problem(problem: string) {
      if (problem) this.setData({ pin: '' })
    },
  },
})
