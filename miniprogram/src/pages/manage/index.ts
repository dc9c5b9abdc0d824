import type { LedgerPage } from '../../../../server/contracts/organization/ledger.js'
import type { Tile } from '../../../../server/contracts/home/menu.js'
import type { Task } from '../../../../server/contracts/home/today.js'
import { readToday } from '../../api/account'
import { readLedger } from '../../api/ledger'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { tabPageBehavior } from '../../behaviors/tab-page.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { TILES, open, routes, taskRoute } from '../../routes'
import { offers, refreshAccount } from '../../state/account'

/** The tasks shown on this page; the others are shown on 首页. */
const OFFICE_TASKS: Record<Task['kind'], boolean> = {
  'pay-dues': false,
  bind: false,
  decide: true,
  'correct-import': true,
}

/** Office work: waiting tasks, the dues of the month in four numbers, and the tiles. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, tabPageBehavior],
  data: {
    tiles: [] as ReturnType<typeof drawn>,
    waiting: [] as Task[],
    ledger: null as LedgerPage | null,
  },
  methods: {
    onShow() {
      this.markTab(routes.manage)
      void this.refresh()
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    refresh(): Promise<void> {
      return this.run(async () => {
        const { menu } = await refreshAccount()
        if (menu.length === 0) return 'empty'
        const [today, ledger] = await Promise.all([
          readToday(),
          offers('dues-ledger') ? readLedger({}, undefined, 1) : null,
        ])
        this.setData({
          tiles: drawn(menu),
          waiting: today.tasks.filter(({ kind }) => OFFICE_TASKS[kind]),
          ledger,
        })
        return 'content'
      })
    },
    act(event: WechatMiniprogram.CustomEvent) {
      open(taskRoute(event.detail as Task))
    },
    showLedger() {
      open(routes.ledger())
    },
    openTile(event: WechatMiniprogram.TouchEvent) {
      open(String(event.currentTarget.dataset.url))
    },
  },
})

const ORDER = Object.keys(TILES)

/** The tiles of the server's menu, in the order of TILES. */
const drawn = (menu: Tile[]) =>
  menu
    .map((tile) => ({ ...tile, ...TILES[tile.kind] }))
    .sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind))
