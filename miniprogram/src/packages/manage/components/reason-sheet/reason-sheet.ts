/** Asks why, from the bottom of the screen; `send` carries the reason, `close` gives up without losing it. */
Component({
  properties: {
    show: Boolean,
    title: String,
    /** Who will read it. */
    hint: String,
    action: String,
    maxlength: { type: Number, value: 200 },
    sending: Boolean,
    problem: String,
  },
  data: { reason: '', missing: '' },
  methods: {
    typed(event: WechatMiniprogram.CustomEvent) {
      this.setData({ reason: event.detail as unknown as string, missing: '' })
    },
    send() {
      const reason = this.data.reason.trim()
      if (reason.length < 2) this.setData({ missing: '请写至少两个字' })
      else this.triggerEvent('send', { reason })
    },
    close() {
      this.triggerEvent('close')
    },
  },
  observers: {
    // what was accepted is not offered again for the next one
    title() {
      this.setData({ reason: '', missing: '' })
    },
  },
})
