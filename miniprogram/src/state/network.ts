import { createStore } from './store'

/** Whether WeChat reports a network. Pages that failed offline retry when it becomes true. */
export const online = createStore(true)

/** Starts to follow WeChat's network status. Called once at launch. */
export function watchNetwork(): void {
  wx.onNetworkStatusChange(({ isConnected }) => {
    if (online.get() !== isConnected) online.set(isConnected)
  })
}
