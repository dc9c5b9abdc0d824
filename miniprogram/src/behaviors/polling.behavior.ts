const timers = new WeakMap<object, number>()

/** Asks again after a while, once; leaving the page ends it. */
export const pollingBehavior = Behavior({
  lifetimes: {
    detached() {
      this.stopPolling()
    },
  },
  methods: {
    pollAfter(gapMs: number, work: () => void): void {
      this.stopPolling()
      timers.set(this, setTimeout(work, gapMs))
    },
    stopPolling(): void {
      const timer = timers.get(this)
      if (timer !== undefined) clearTimeout(timer)
      timers.delete(this)
    },
  },
})
