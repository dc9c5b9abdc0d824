import type { LedgerMonth } from '../../../../../server/contracts/organization/ledger.js'
import { listLedgerMonths } from '../../../api/ledger'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { open, routes } from '../../../routes'

/** The dues of every month, one line each. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior],
  data: { months: [] as LedgerMonth[] },
  methods: {
    onLoad() {
      void this.refresh()
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    refresh(): Promise<void> {
      return this.run(async () => {
        const { items } = await listLedgerMonths()
        this.setData({ months: items })
        return items.length ? 'content' : 'empty'
      })
    },
    showDifferences() {
      open(routes.differences)
    },
    showNearZero() {
      open(routes.members('near-zero'))
    },
    show(event: WechatMiniprogram.TouchEvent) {
      open(routes.ledger(String(event.currentTarget.dataset.month)))
    },
  },
})
