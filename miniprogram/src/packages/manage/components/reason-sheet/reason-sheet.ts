/** A bottom sheet that asks for a reason. The event `send` carries the reason; `close` keeps the typed text. */
Component({
  properties: {
    show: Boolean,
    title: String,
    /** Tells who will read the reason. */
    hint: String,
    action: String,
    placeholder: { type: String, value: '请写明原因' },
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
    // a new title belongs to another decision, so the old reason is cleared
    title() {
      this.setData({ reason: '', missing: '' })
    },
  },
})
