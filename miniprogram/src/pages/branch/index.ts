import type { MyBranch } from '../../../../server/contracts/home/branch.js'
import { readMyBranch } from '../../api/account'
import { ApiError } from '../../api/api-error'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { tabPageBehavior } from '../../behaviors/tab-page.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { BILL_STATES } from '../../labels/bill'
import { CATEGORIES } from '../../labels/member'
import { open, routes } from '../../routes'
import { refreshAccount } from '../../state/account'

/** My branch: its people, and the dues totals of each month. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, tabPageBehavior],
  data: {
    branch: null as MyBranch | null,
    /** Whether a claim waits for the confirmation of the branch. */
    claimed: false,
    contact: null as { unitName: string; phone: string | null; secretaryName: string | null } | null,
    states: BILL_STATES,
    categories: CATEGORIES,
  },
  methods: {
    onShow() {
      this.markTab(routes.branch)
      void this.refresh()
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    refresh(): Promise<void> {
      return this.run(async () => {
        const { membership, binding } = await refreshAccount()
        this.setData({ claimed: binding?.state === 'pending' })
        if (!membership) return 'empty'
        try {
          const branch = await readMyBranch()
          this.setData({ branch, contact: contactOf(branch) })
          return 'content'
        } catch (error) {
          if (error instanceof ApiError && error.status === 404) return 'empty'
          throw error
        }
      })
    },
    bind() {
      open(routes.bind)
    },
  },
})

function contactOf(branch: MyBranch) {
  const secretary = branch.people.find(({ post }) => post?.endsWith('书记') && !post.includes('副'))
  return { unitName: branch.name, phone: branch.phone, secretaryName: secretary?.name ?? null }
}
