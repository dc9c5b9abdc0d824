import { refuse } from '../engine/failures.js'
import { router } from '../router/router.js'
import { defineBuiltIn } from './define.js'

export function defineNavigator(): void {
  defineBuiltIn('navigator', {
    properties: {
      url: String,
      openType: { type: String, value: 'navigate' },
      delta: { type: Number, value: 1 },
      target: String,
      hoverClass: { type: String, value: 'navigator-hover' },
    },
    setup(control) {
      control.host.setAttribute('role', 'link')
      control.host.tabIndex = 0
      const moves: Record<string, () => void> = {
        navigate: () => void router.push(control.text('url')),
        redirect: () => router.replace(control.text('url')),
        switchTab: () => router.switchTab(control.text('url')),
        reLaunch: () => router.relaunch(control.text('url')),
        navigateBack: () => router.back(control.number('delta', 1)),
      }
      control.onTap(() => {
        const openType = control.text('openType')
        const move = moves[openType]
        if (!move) refuse(`navigator open-type="${openType}"`)
        if (control.text('url') || openType === 'navigateBack') move()
      })
    },
  })
}
