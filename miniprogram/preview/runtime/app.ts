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

/** The globals of a mini-program that concern the app as a whole. */
export const appGlobals = {
  App: (definition: AppDefinition) => {
    app = definition
  },
  getApp: () => app,
  getCurrentPages: (): ComponentInstance[] => router.pages(),
}

/** Launches the app and opens the page the address names, or the entry page. */
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
  // Typing another address, or following a link to one, opens it like a scanned code would.
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

/** Without a choice the phone is in the hands of the first person the host knows. */
async function choosePerson(): Promise<void> {
  takePersonFromAddress()
  if (currentPerson()) return
  const [first] = await people().catch(() => [])
  if (first) rememberPerson(first.id)
}

/** Pages measure themselves while they load; a font that comes later would move everything. */
async function loadFonts(): Promise<void> {
  const faces = ['400 16px "Preview Sans"', '700 16px "Preview Sans"']
  await Promise.all(faces.map((face) => document.fonts.load(face, 'a中'))).catch(() => undefined)
}
