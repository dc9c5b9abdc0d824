import { messageOf } from '../api/api-error'
import { loadingBehavior } from './loading.behavior'

/** One page of a list, as every list contract states it. */
export interface ListPage<T> {
  items: T[]
  next: string | null
}

type Fetch<T> = (cursor?: string) => Promise<ListPage<T>>

/**
 * A list read in pages: pull down to refresh, reach the bottom for more. It keeps its place when the person
 * comes back, because coming back reloads nothing.
 */
export function listBehavior<T>() {
  const fetches = new WeakMap<object, Fetch<T>>()
  /** Which reading a page of rows belongs to; rows of an older filter are thrown away. */
  const turns = new WeakMap<object, number>()

  return Behavior({
    behaviors: [loadingBehavior],
    data: {
      items: [] as T[],
      next: null as string | null,
      more: 'idle' as 'idle' | 'loading' | 'failed',
    },
    methods: {
      /** Starts the list; again when its filter changed, so that no row of the old filter stays. */
      list(fetch: Fetch<T>): Promise<void> {
        fetches.set(this, fetch)
        this.setData({ state: 'loading', items: [], next: null, more: 'idle' })
        return this.reload()
      },
      /** Reads the first page again; what is shown stays until it is here. */
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
