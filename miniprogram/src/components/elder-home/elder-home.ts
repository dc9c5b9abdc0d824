import type { Task, Today } from '../../../../server/contracts/home/today.js'
import { money } from '../../format'
import { routes, taskRoute } from '../../routes'

interface BigButton {
  kind: string
  icon: string
  word: string
  /** The line below the word; it is also read aloud. */
  detail: string
  url: string
  /** Whether it is the next step. That button has the brand colour. */
  first: boolean
}

const NO_DAY: Partial<Today> = {}

/** Home in the elder view: a few big buttons that can be read aloud, and the telephone of the branch. */
Component({
  properties: {
    today: { type: Object, value: NO_DAY },
  },
  data: { buttons: [] as BigButton[] },
  observers: {
    today(today: Partial<Today> | null) {
      this.setData({ buttons: buttonsOf(today?.tasks ?? []) })
    },
  },
  methods: {
    go(event: WechatMiniprogram.TouchEvent) {
      const button = this.data.buttons[Number(event.currentTarget.dataset.index)]
      if (button) void wx.navigateTo({ url: button.url })
    },
    leave() {
      this.triggerEvent('leave')
    },
  },
})

/** The dues button comes first for every member, so that it is always at the same place. */
function buttonsOf(tasks: Task[]): BigButton[] {
  const others = tasks.filter((task) => task.kind !== 'pay-dues')
  const dues = tasks.find((task) => task.kind === 'pay-dues')
  const buttons = [
    ...(others.some(({ kind }) => kind === 'bind') ? [] : [duesButton(dues)]),
    ...others.map((task) => ({
      kind: task.kind,
      icon: 'todo-list-o',
      word: task.action,
      detail: task.title,
      url: taskRoute(task),
      first: false,
    })),
  ]
  const next = dues || !others.length ? dues?.kind : others[0]?.kind
  return buttons.map((button) => ({ ...button, first: button.kind === next }))
}

function duesButton(task: Task | undefined): BigButton {
  const button = { kind: 'pay-dues', url: routes.bills, first: false }
  if (!task?.amountFen) return { ...button, icon: 'passed', word: '我的党费', detail: '党费都缴清了' }
  return { ...button, icon: 'gold-coin-o', word: '缴党费', detail: `要缴 ${money(task.amountFen)}` }
}
