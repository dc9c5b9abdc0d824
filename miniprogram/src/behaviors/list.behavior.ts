import { messageOf } from '../api/api-error'
import { loadingBehavior } from './loading.behavior'

/** One page of a list, the shape of every list contract. */
export interface ListPage<T> {
  items: T[]
  next: string | null
}

type Fetch<T> = (cursor?: string) => Promise<ListPage<T>>

/**
 * A list that is read in pages: pulling down refreshes it, reaching the bottom loads more. Returning to the page does
 * not reload it, so it keeps its position.
 */
export function listBehavior<T>() {
  const fetches = new WeakMap<object, Fetch<T>>()
  /** Number of the current reading. Pages of an older reading, for example of another filter, are discarded. */
  const turns = new WeakMap<object, number>()

  return Behavior({
    behaviors: [loadingBehavior],
    data: {
      items: [] as T[],
      next: null as string | null,
      more: 'idle' as 'idle' | 'loading' | 'failed',
    },
    methods: {
      /** Starts the list, or restarts it after a change of the filter, so that no row of the old filter remains. */
      list(fetch: Fetch<T>): Promise<void> {
        fetches.set(this, fetch)
        this.setData({ state: 'loading', items: [], next: null, more: 'idle' })
        return this.reload()
      },
      /** Reads the first page again. The old rows stay visible until it arrives. */
      reload(): Promise<void> {
        const fetch = fetches.get(this)
        if (!fetch) return Promise.resolve()
        const turn = (turns.get(this) ?? 0) + 1
        turns.set(this, turn)
        return this.run(async () => {
          const page = await fetch()
          if (turns.get(this) === turn) this.setData({ items: page.items, next: page.next, more: 'idle' })
          return page.items.length ? 'content' : 'empty'
        })
      },
      async loadMore(): Promise<void> {
        const { next, more } = this.data
        const fetch = fetches.get(this)
        if (!fetch || next === null || more === 'loading') return
        const turn = turns.get(this)
        this.setData({ more: 'loading' })
        try {
          const page = await fetch(next)
          if (turns.get(this) !== turn) return
          this.setData({ items: [...this.data.items, ...page.items], next: page.next, more: 'idle' })
        } catch (error) {
          if (turns.get(this) !== turn) return
          this.setData({ more: 'failed' })
          void wx.showToast({ title: messageOf(error), icon: 'none' })
        }
      },
      async onPullDownRefresh(): Promise<void> {
        await this.reload()
        void wx.stopPullDownRefresh()
      },
      onReachBottom(): void {
        void this.loadMore()
      },
    },
  })
}
