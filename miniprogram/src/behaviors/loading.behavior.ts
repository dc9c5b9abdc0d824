import { ApiError, messageOf } from '../api/api-error'
import { online } from '../state/network'

export type PageState = 'loading' | 'content' | 'empty' | 'error' | 'offline'

/** Fetches and shows; answers what the page is to look like. */
type Work = () => Promise<'content' | 'empty'>

/** Gaps between attempts while the network is away; the last one repeats. */
const RETRY_GAPS_MS = [2_000, 4_000, 8_000, 15_000]

interface Run {
  work: Work
  /** A newer run makes the answer of an older one worthless. */
  number: number
  attempts: number
  timer: number | null
  stopWatching: () => void
}

const runs = new WeakMap<object, Run>()

/**
 * The four designed states of a page. A page calls `run` with what it fetches; the state follows.
 * What is already on the screen stays there: only a first load shows the skeleton, and a refresh that fails
 * leaves the old content with `stale` telling that it is not fresh.
 */
export const loadingBehavior = Behavior({
  data: {
    state: 'loading' as PageState,
    /** What happened and what to do, for the error state. */
    problem: '',
    /** The content shown could not be refreshed because there is no network. */
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
    /** Fetches now; the promise never rejects, because the page shows what went wrong. */
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
    /** A person asked again: they see that something happens. */
    retry(): void {
      if (!this.hasContent()) this.setData({ state: 'loading' })
      this.retryQuietly()
    },
    retryQuietly(): void {
      const run = runs.get(this)
      if (run) void this.run(run.work)
    },
    /** Whether the page already shows something worth keeping while it refreshes. */
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
      // WeChat does not always notification that a network came back
      run.timer = setTimeout(() => this.retryQuietly(), gap)
    },
  },
})

/** The privacy page is about to take over; an error must not flash up before it. */
function isLeaving(error: unknown): boolean {
  return error instanceof ApiError && (error.kind === 'consent-needed' || error.kind === 'signed-out')
}
