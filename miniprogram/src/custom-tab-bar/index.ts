import { textSizeBehavior } from '../behaviors/text-size.behavior'
import { routes } from '../routes'
import { account } from '../state/account'

interface Tab {
  url: string
  word: string
  icon: string
  chosenIcon: string
}

const EVERYBODY: Tab[] = [
  { url: routes.home, word: '首页', icon: 'wap-home-o', chosenIcon: 'wap-home' },
  { url: routes.branch, word: '组织', icon: 'friends-o', chosenIcon: 'friends' },
]
const MANAGE: Tab = { url: routes.manage, word: '管理', icon: 'setting-o', chosenIcon: 'setting' }
const ME: Tab = { url: routes.me, word: '我的', icon: 'manager-o', chosenIcon: 'manager' }

const endings = new WeakMap<object, () => void>()

/** The tab bar. It shows 管理 only when the server's menu has entries. Each tab page sets `chosen`. */
Component({
  behaviors: [textSizeBehavior],
  data: { tabs: tabs(), chosen: '' },
  lifetimes: {
    attached() {
      this.setData({ tabs: tabs() })
      endings.set(
        this,
        account.watch(() => this.setData({ tabs: tabs() })),
      )
    },
    detached() {
      endings.get(this)?.()
    },
  },
  methods: {
    open(event: WechatMiniprogram.TouchEvent) {
      const url = String(event.currentTarget.dataset.url)
      if (url !== this.data.chosen) void wx.switchTab({ url })
    },
  },
})

function tabs(): Tab[] {
  return [...EVERYBODY, ...(account.get()?.menu.length ? [MANAGE] : []), ME]
}
