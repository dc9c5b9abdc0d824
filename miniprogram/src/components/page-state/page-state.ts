/** The four states of a page around its content; `retry` and `next` are the two things a person can do. */
Component({
  options: { multipleSlots: false },
  properties: {
    state: { type: String, value: 'loading' },
    /** What happened and what to do next, for the error state. */
    problem: String,
    /** The content is from before the network went away. */
    stale: Boolean,
    emptyTitle: String,
    /** Why there is nothing, and what will bring something. */
    emptyHint: String,
    /** The next step from an empty page; no button without it. */
    emptyAction: String,
  },
  methods: {
    retry() {
      this.triggerEvent('retry')
    },
    next() {
      this.triggerEvent('next')
    },
  },
})
