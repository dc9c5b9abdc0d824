/** Draws the state of a page around its content. Events: `retry`, and `next` from an empty page. */
Component({
  options: { multipleSlots: false },
  properties: {
    state: { type: String, value: 'loading' },
    /** What happened and what to do next, for the error state. */
    problem: String,
    /** Whether the content is old because there is no network. */
    stale: Boolean,
    emptyTitle: String,
    /** Why the page is empty, and what will change that. */
    emptyHint: String,
    /** Text of the button on an empty page; without it there is no button. */
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
