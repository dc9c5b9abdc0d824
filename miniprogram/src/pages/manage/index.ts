import type { Account } from '../../../../server/contracts/home/account.js'
import type { LedgerPage } from '../../../../server/contracts/organization/ledger.js'
import type { Task } from '../../../../server/contracts/home/today.js'
import { readToday } from '../../api/account'
import { readLedger } from '../../api/ledger'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { tabPageBehavior } from '../../behaviors/tab-page.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { TASK_ROUTES, open, routes } from '../../routes'
import { refreshAccount } from '../../state/account'

/** Of the tasks of the day, those of the office; the others are on 首页. */
const OFFICE_TASKS: Record<Task['kind'], boolean> = {
  'pay-dues': false,
  bind: false,
  'wait-for-branch': false,
  'decide-bindings': true,
  'correct-import': true,
}

/** What waits for me, the branch in four numbers, the tasks of the trade. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, tabPageBehavior],
  data: {
    can: null as Account['can'] | null,
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
        const { can } = await refreshAccount()
        if (!can.manage) return 'empty'
        const [today, ledger] = await Promise.all([
          readToday(),
          can.readLedger ? readLedger({}, undefined, 1) : null,
        ])
        this.setData({ can, waiting: today.tasks.filter(({ kind }) => OFFICE_TASKS[kind]), ledger })
        return 'content'
      })
    },
    act(event: WechatMiniprogram.CustomEvent) {
      open(TASK_ROUTES[(event.detail as Task).kind])
    },
    showLedger() {
      open(routes.ledger())
    },
    showMonths() {
      open(routes.ledgerMonths)
    },
    generate() {
      open(routes.generate())
    },
    showMembers() {
      open(routes.members())
    },
    showBindings() {
      open(routes.bindings)
    },
    showImports() {
      open(routes.imports)
    },
  },
})
