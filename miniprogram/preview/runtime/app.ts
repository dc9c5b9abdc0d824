import type { ComponentInstance } from 'glass-easel-miniprogram-adapter'
import { manifest } from 'preview:bundle'
import { rememberPerson, takePersonFromAddress, currentPerson } from './host/person.js'
import { people } from './host/host-client.js'
import { formatRoute, parseRoute } from './router/route.js'
import { router } from './router/router.js'
import { appEvents, launchOptions, stackOf } from './wx/app-events.js'
import { takeFontScaleFromAddress } from './wx/system.js'

type AppDefinition = Record<string, unknown>

let app: AppDefinition = { globalData: {} }

/** The global functions of a mini-program for the app as a whole. */
export const appGlobals = {
  App: (definition: AppDefinition) => {
    app = definition
  },
  getApp: () => app,
  getCurrentPages: (): ComponentInstance[] => router.pages(),
}

/** Launches the app and opens the page in the address, or the entry page. */
export async function launch(): Promise<void> {
  takeFontScaleFromAddress()
  await Promise.all([choosePerson(), loadFonts()])
  router.mount()
  await import('preview:scripts')

  const start = startAddress()
  Object.assign(launchOptions, parseRoute(start))
  callApp('onLaunch', launchOptions)
  callApp('onShow', launchOptions)
  router.relaunch(start)

  appEvents.onAppShow((options) => callApp('onShow', options))
  appEvents.onAppHide(() => callApp('onHide'))
  addEventListener('error', (event) => callApp('onError', stackOf(event.error ?? event.message)))
  // A new address in the browser opens its page, as a scanned code does on a phone.
  addEventListener('hashchange', () => router.relaunch(startAddress()))
}

function callApp(name: string, ...values: unknown[]): void {
  const method = app[name]
  if (typeof method === 'function') method.apply(app, values)
}

function startAddress(): string {
  const wanted = parseRoute(decodeURI(location.hash.slice(1)))
  const entry = `/${manifest.app.entryPagePath ?? manifest.app.pages[0] ?? ''}`
  return router.has(wanted.path) ? formatRoute(wanted) : entry
}

/** Without a chosen person, the phone belongs to the first person of the host. */
async function choosePerson(): Promise<void> {
  takePersonFromAddress()
  if (currentPerson()) return
  const [first] = await people().catch(() => [])
  if (first) rememberPerson(first.id)
}

/** Waits for the fonts. Pages measure themselves while they load, and a later font would change the measures. */
async function loadFonts(): Promise<void> {
  const faces = ['400 16px "Preview Sans"', '700 16px "Preview Sans"']
  await Promise.all(faces.map((face) => document.fonts.load(face, 'a中'))).catch(() => undefined)
}
