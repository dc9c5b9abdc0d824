import type { WindowConfig } from '../../shared/app-manifest.js'
import { scrollBehavior } from '../engine/motion.js'
import { elementById } from '../engine/nodes.js'
import { EventChannel } from '../router/event-channel.js'
import { router } from '../router/router.js'
import { api } from './api.js'

interface Address {
  url: string
}

interface PushOptions extends Address {
  events?: ConstructorParameters<typeof EventChannel>[0]
}

interface ScrollTarget {
  scrollTop?: number
  selector?: string
  offsetTop?: number
  /** In ms; 0 scrolls without animation. */
  duration?: number
}

interface BarColor {
  frontColor?: string
  backgroundColor?: string
}

export const navigation = {
  navigateTo: api('navigateTo', ({ url, events }: PushOptions) => ({
    eventChannel: router.push(url, new EventChannel(events)),
  })),
  redirectTo: api('redirectTo', ({ url }: Address) => router.replace(url)),
  switchTab: api('switchTab', ({ url }: Address) => router.switchTab(url)),
  reLaunch: api('reLaunch', ({ url }: Address) => router.relaunch(url)),
  navigateBack: api('navigateBack', ({ delta = 1 }: { delta?: number }) => router.back(delta)),
  setNavigationBarTitle: api('setNavigationBarTitle', ({ title }: { title: string }) =>
    router.restyle(title),
  ),
  setNavigationBarColor: api('setNavigationBarColor', (color: BarColor) =>
    router.restyle(undefined, barConfig(color)),
  ),
  showNavigationBarLoading: api('showNavigationBarLoading', () => undefined),
  hideNavigationBarLoading: api('hideNavigationBarLoading', () => undefined),
  startPullDownRefresh: api('startPullDownRefresh', () => router.top().pullDown()),
  stopPullDownRefresh: api('stopPullDownRefresh', () => router.top().stopPullDown()),
  pageScrollTo: api('pageScrollTo', scrollPage),
}

function scrollPage({ scrollTop, selector, offsetTop = 0, duration = 300 }: ScrollTarget): void {
  const { scroller } = router.top()
  const target = selector?.startsWith('#') ? elementById(scroller, selector.slice(1)) : null
  const distance = target ? target.getBoundingClientRect().top - scroller.getBoundingClientRect().top : 0
  const top = target ? scroller.scrollTop + distance + offsetTop : scrollTop
  scroller.scrollTo({ top, behavior: scrollBehavior(duration > 0) })
}

function barConfig({ frontColor, backgroundColor }: BarColor): WindowConfig {
  return {
    ...(backgroundColor ? { navigationBarBackgroundColor: backgroundColor } : {}),
    ...(frontColor ? { navigationBarTextStyle: frontColor === '#000000' ? 'black' : 'white' } : {}),
  }
}
