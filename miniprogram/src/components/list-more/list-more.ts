/** The end of a list: more rows are loading, loading failed, or there are no more rows. */
Component({
  properties: {
    more: { type: String, value: 'idle' },
    next: String,
    /** Number of rows shown. A short list shows no text at its end. */
    count: Number,
  },
  methods: {
    again() {
      this.triggerEvent('again')
    },
  },
})
