const timers = new WeakMap<object, number>()

/** Runs work once after a delay. Leaving the page cancels it. */
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
