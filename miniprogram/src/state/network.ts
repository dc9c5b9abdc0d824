import { createStore } from './store'

/** Whether WeChat believes there is a network; pages that failed offline retry when it turns true. */
export const online = createStore(true)

/** Called once at launch. */
export function watchNetwork(): void {
  wx.onNetworkStatusChange(({ isConnected }) => {
    if (online.get() !== isConnected) online.set(isConnected)
  })
}
