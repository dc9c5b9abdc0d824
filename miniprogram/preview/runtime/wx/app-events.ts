import { eventSource } from './api.js'

const visibility = (isHidden: boolean) =>
  eventSource((emit) =>
    document.addEventListener('visibilitychange', () => {
      if (document.hidden === isHidden) emit(launchOptions)
    }),
  )
const shown = visibility(false)
const hidden = visibility(true)
const error = eventSource((emit) =>
  addEventListener('error', (event) => emit({ message: event.message, stack: stackOf(event.error) })),
)
const rejection = eventSource((emit) =>
  addEventListener('unhandledrejection', (event) =>
    emit({ reason: event.reason as unknown, promise: event.promise }),
  ),
)

/** How the app was opened. Set when the app starts. */
export const launchOptions = {
  path: '',
  query: {} as Record<string, string>,
  scene: 1001,
  shareTicket: '',
  referrerInfo: {},
}

export const appEvents = {
  getLaunchOptionsSync: () => launchOptions,
  getEnterOptionsSync: () => launchOptions,
  onAppShow: shown.on,
  offAppShow: shown.off,
  onAppHide: hidden.on,
  offAppHide: hidden.off,
  onError: error.on,
  offError: error.off,
  onUnhandledRejection: rejection.on,
  offUnhandledRejection: rejection.off,
}

export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
