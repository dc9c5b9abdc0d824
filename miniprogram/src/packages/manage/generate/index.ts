import type { Generation, GenerationPreview } from '../../../../../server/contracts/generation.js'
import { messageOf } from '../../../api/api-error'
import { listGenerations, previewGeneration, readGeneration, startGeneration } from '../../../api/generations'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { pollingBehavior } from '../../../behaviors/polling.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { currentMonth } from '../../../format'
import { GENERATION_STATES } from '../../../labels/work'
import { open, routes } from '../../../routes'

const POLL_GAP_MS = 1_500

/** Shows what would be made, makes it, and shows how far it is; leaving the page stops nothing. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, pollingBehavior],
  data: {
    month: currentMonth(),
    preview: null as GenerationPreview | null,
    /** The one under way, or finished while this page was open. */
    current: null as Generation | null,
    underWay: false,
    history: [] as Generation[],
    states: GENERATION_STATES,
    starting: false,
    formProblem: '',
  },
  methods: {
    onLoad() {
      void this.refresh()
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    changeMonth(event: WechatMiniprogram.CustomEvent) {
      this.setData({
        month: (event.detail as { value: string }).value,
        current: null,
        underWay: false,
        formProblem: '',
      })
      void this.refresh()
    },
    refresh(): Promise<void> {
      const { month } = this.data
      return this.run(async () => {
        const [preview, { items }] = await Promise.all([previewGeneration(month), listGenerations()])
        this.setData({ preview, history: items })
        const underWay = items.find(isUnderWay)
        if (underWay) this.follow(underWay)
        return 'content'
      })
    },
    async start() {
      if (this.data.starting) return
      this.setData({ starting: true, formProblem: '' })
      try {
        this.follow(await startGeneration({ month: this.data.month }))
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ starting: false })
      }
    },
    follow(generation: Generation) {
      const underWay = isUnderWay(generation)
      this.setData({ current: generation, underWay })
      if (underWay) this.pollAfter(POLL_GAP_MS, () => void this.ask(generation.id))
    },
    async ask(id: string) {
      try {
        const generation = await readGeneration(id)
        this.follow(generation)
        if (!isUnderWay(generation)) void this.refresh()
      } catch {
        // it goes on without us; the next question may be answered again
        this.pollAfter(POLL_GAP_MS * 2, () => void this.ask(id))
      }
    },
    showLedger() {
      open(routes.ledger(this.data.month))
    },
    showMembers() {
      open(routes.members)
    },
  },
})

function isUnderWay({ state }: Generation): boolean {
  return state === 'waiting' || state === 'running'
}
