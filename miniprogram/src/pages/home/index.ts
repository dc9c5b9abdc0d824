import type { Task, Today } from '../../../../server/contracts/home/today.js'
import { readToday } from '../../api/account'
import { messageOf } from '../../api/api-error'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { tabPageBehavior } from '../../behaviors/tab-page.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { open, routes, taskRoute } from '../../routes'
import { chooseTextSize, hasLargeFont, refreshAccount, textSize } from '../../state/account'
import { read, write } from '../../state/storage'

/** Home: at most three tasks, each with one button. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, tabPageBehavior],
  data: { today: null as Today | null, offersElder: false },
  methods: {
    onShow() {
      this.markTab(routes.home)
      // a task may be finished by now, so the tasks are read again whenever the page is shown
      void this.refresh()
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    refresh(): Promise<void> {
      return this.run(async () => {
        const [today] = await Promise.all([readToday(), refreshAccount()])
        this.setData({ today, offersElder: offersElder() })
        return 'content'
      })
    },
    act(event: WechatMiniprogram.CustomEvent) {
      open(taskRoute(event.detail as Task))
    },
    async useElder() {
      await this.changeSize('elder')
      write('elder-offered', true)
      this.setData({ offersElder: false })
    },
    declineElder() {
      write('elder-offered', true)
      this.setData({ offersElder: false })
    },
    async leaveElder() {
      await this.changeSize('standard')
    },
    async changeSize(size: 'elder' | 'standard') {
      await chooseTextSize(size).catch((error: unknown) => {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      })
    },
  },
})

/** The elder view is offered once. A person who declined can choose it in 我的. */
function offersElder(): boolean {
  if (textSize() === 'elder' || read<boolean>('elder-offered')) return false
  return hasLargeFont()
}
