/** The end of a list: more is coming, failed to come, or there is no more. */
Component({
  properties: {
    more: { type: String, value: 'idle' },
    next: String,
    /** Rows shown; a short list needs no word about its end. */
    count: Number,
  },
  methods: {
    again() {
      this.triggerEvent('again')
    },
  },
})
