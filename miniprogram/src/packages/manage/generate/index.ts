import type {
  Generation,
  GenerationPreview,
} from '../../../../../server/contracts/organization/generation.js'
import { ApiError, messageOf } from '../../../api/api-error'
import { listGenerations, previewGeneration, readGeneration, startGeneration } from '../../../api/generations'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { pollingBehavior } from '../../../behaviors/polling.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { billingMonths } from '../../../billing-months'
import { currentMonth } from '../../../format'
import { GENERATION_STATES } from '../../../labels/work'
import { open, routes } from '../../../routes'

const POLL_GAP_MS = 1_500

/** Previews and generates the bills of a month and shows the progress. Generation continues when the page is left. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, pollingBehavior],
  data: {
    month: currentMonth(),
    months: billingMonths(),
    /** Why no bills can be made for the month. */
    monthProblem: '',
    preview: null as GenerationPreview | null,
    /** The generation that runs, or that ended while this page was open. */
    current: null as Generation | null,
    underWay: false,
    history: [] as Generation[],
    states: GENERATION_STATES,
    starting: false,
    formProblem: '',
  },
  methods: {
    onLoad(query: { month?: string }) {
      if (query.month) this.setData({ month: query.month })
    },
    onShow() {
      // a member may have been assessed on another page in the meantime
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
        // the figures of another month must not be shown for this one
        preview: null,
        state: 'loading',
      })
      void this.refresh()
    },
    refresh(): Promise<void> {
      const { month } = this.data
      return this.run(async () => {
        const [{ preview, monthProblem }, { items }] = await Promise.all([
          previewOf(month),
          listGenerations(),
        ])
        if (month !== this.data.month) return 'content'
        this.setData({
          preview,
          monthProblem,
          history: items.filter(({ id }) => id !== this.data.current?.id),
        })
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
      this.setData({
        current: generation,
        underWay,
        // the current generation is already shown above
        history: this.data.history.filter(({ id }) => id !== generation.id),
      })
      if (underWay) this.pollAfter(POLL_GAP_MS, () => void this.ask(generation.id))
    },
    async ask(id: string) {
      try {
        const generation = await readGeneration(id)
        this.follow(generation)
        if (!isUnderWay(generation)) void this.refresh()
      } catch {
        // the generation continues on the server; the next query may succeed
        this.pollAfter(POLL_GAP_MS * 2, () => void this.ask(id))
      }
    },
    showLedger() {
      open(routes.ledger(this.data.month))
    },
    showMembers() {
      open(routes.members('missing'))
    },
  },
})

/** Reads the preview of a month. A refused month is not an error of the page: the reason is shown beside the month. */
async function previewOf(month: string) {
  try {
    return { preview: await previewGeneration(month), monthProblem: '' }
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'problem' && error.status < 500)
      return { preview: null, monthProblem: error.fields[0]?.message ?? error.message }
    throw error
  }
}

function isUnderWay({ state }: Generation): boolean {
  return state === 'waiting' || state === 'running'
}
