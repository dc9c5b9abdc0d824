import { ApiError, messageOf } from '../api/api-error'
import { online } from '../state/network'

export type PageState = 'loading' | 'content' | 'empty' | 'error' | 'offline'

/** Fetches data and shows it. @returns the state of the page */
type Work = () => Promise<'content' | 'empty'>

/** Waits between attempts while there is no network. The last one repeats. */
const RETRY_GAPS_MS = [2_000, 4_000, 8_000, 15_000]

interface Run {
  work: Work
  /** The answer of an older run is ignored when a newer run has started. */
  number: number
  attempts: number
  timer: number | null
  stopWatching: () => void
}

const runs = new WeakMap<object, Run>()

/**
 * Manages the states of a page: loading, content, empty, error and offline. A page calls `run` with the work that
 * fetches its data. Only the first load shows the skeleton. When a refresh fails, the old content stays, and `stale` is
 * set.
 */
export const loadingBehavior = Behavior({
  data: {
    state: 'loading' as PageState,
    /** What happened and what to do, for the error state. */
    problem: '',
    /** Whether the content could not be refreshed because there is no network. */
    stale: false,
  },
  lifetimes: {
    attached() {
      const stopWatching = online.watch((isOnline) => {
        if (isOnline && (this.data.state === 'offline' || this.data.stale)) this.retryQuietly()
      })
      runs.set(this, {
        work: () => Promise.resolve('content'),
        number: 0,
        attempts: 0,
        timer: null,
        stopWatching,
      })
    },
    detached() {
      const run = runs.get(this)
      if (!run) return
      run.stopWatching()
      run.number += 1
      if (run.timer !== null) clearTimeout(run.timer)
    },
  },
  methods: {
    /** Fetches now. The promise never rejects, because the page shows the error. */
    async run(work: Work): Promise<void> {
      const run = runs.get(this)
      if (!run) return
      run.work = work
      const number = ++run.number
      if (run.timer !== null) clearTimeout(run.timer)
      run.timer = null
      if (this.data.state === 'error') this.setData({ state: 'loading' })
      try {
        const state = await work()
        if (number !== run.number) return
        run.attempts = 0
        this.setData({ state, stale: false, problem: '' })
      } catch (error) {
        if (number === run.number) this.showFailure(error)
      }
    },
    /** The person asked to try again. An empty page shows the loading state, so that the tap has a visible effect. */
    retry(): void {
      if (!this.hasContent()) this.setData({ state: 'loading' })
      this.retryQuietly()
    },
    retryQuietly(): void {
      const run = runs.get(this)
      if (run) void this.run(run.work)
    },
    /** Whether the page shows a result that stays visible during a refresh. */
    hasContent(): boolean {
      return this.data.state === 'content' || this.data.state === 'empty'
    },
    showFailure(error: unknown): void {
      const run = runs.get(this)
      if (!run || isLeaving(error)) return
      const isOffline = error instanceof ApiError && error.kind === 'offline'
      if (this.hasContent()) {
        if (isOffline) this.setData({ stale: true })
        else void wx.showToast({ title: messageOf(error), icon: 'none' })
      } else {
        this.setData({ state: isOffline ? 'offline' : 'error', problem: messageOf(error) })
      }
      if (!isOffline) return
      const gap = RETRY_GAPS_MS[Math.min(run.attempts, RETRY_GAPS_MS.length - 1)]
      run.attempts += 1
      // WeChat does not always report that the network is back
      run.timer = setTimeout(() => this.retryQuietly(), gap)
    },
  },
})

/** Whether the privacy page is about to open. An error must not be shown before it. */
function isLeaving(error: unknown): boolean {
  return error instanceof ApiError && (error.kind === 'consent-needed' || error.kind === 'signed-out')
}
