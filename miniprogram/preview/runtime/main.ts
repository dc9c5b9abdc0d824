import './wxs/globals.js'
import './wxs/responders.js'
import './styles/index.css'
import { appGlobals, launch } from './app.js'
import { defineBuiltIns } from './builtins/index.js'
import { defineBehavior, defineComponent, definePage, defines } from './engine/code-space.js'
import { refuse } from './engine/failures.js'
import { installInstanceMethods } from './engine/instance-methods.js'
import { relayKeys } from './gestures/keyboard.js'
import { relayMouse } from './gestures/mouse.js'
import { relayTouches } from './gestures/touches.js'
import { installFailureBanner } from './overlays/failure-banner.js'
import { pageOf } from './router/page.js'
import { plugins } from './wx/speech.js'
import { wx } from './wx/wx.js'

Object.assign(globalThis, {
  ...appGlobals,
  wx,
  Page: definePage,
  Component: defineComponent,
  Behavior: defineBehavior,
  requirePlugin: (name: string) => plugins[name] ?? refuse(`plugin "${name}"`),
  __previewDefines: defines,
})

installFailureBanner()
installInstanceMethods({
  tabBarOf: (root) => pageOf(root)?.tabBar?.get() ?? null,
  pageIdOf: (root) => pageOf(root)?.id ?? '',
})
defineBuiltIns()
relayTouches()
relayMouse()
relayKeys()
void launch()
