import { api, eventSource } from './api.js'

const state = (): { isConnected: boolean; networkType: string } => ({
  isConnected: navigator.onLine,
  networkType: navigator.onLine ? 'wifi' : 'none',
})

const change = eventSource((emit) => {
  addEventListener('online', () => emit(state()))
  addEventListener('offline', () => emit(state()))
})

export const network = {
  getNetworkType: api('getNetworkType', () => ({ networkType: state().networkType })),
  onNetworkStatusChange: change.on,
  offNetworkStatusChange: change.off,
}
