import type {
  ChangeDuesPolicy,
  DuesPolicy,
  LaterPolicies,
  Rounding,
} from '../../../../../server/contracts/organization/dues-policy.js'
import type { Unit } from '../../../../../server/contracts/organization/unit.js'
import { ApiError } from '../../../api/api-error'
import { changeDuesPolicy, readDuesPolicy } from '../../../api/dues'
import { listUnits } from '../../../api/units'
import { draftBehavior } from '../../../behaviors/draft.behavior'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { currentMonth, fenFromYuan } from '../../../format'
import { ROUNDINGS } from '../../../labels/bill'

const CHOICES = Object.keys(ROUNDINGS) as Rounding[]

/** 《规定》第六条 */
const FARMER_MIN_FEN = 20
const FARMER_MAX_FEN = 100

/** What a unit has decided about dues, since when, and deciding otherwise from a month on. */
Component({
  behaviors: [
    textSizeBehavior,
    loadingBehavior,
    draftBehavior({ fromMonth: '', rounding: '', farmerYuan: '' }),
  ],
  data: {
    unitId: '',
    policy: null as DuesPolicy | null,
    hasOthers: false,
    choosing: false,
    thisMonth: currentMonth(),
    roundings: ROUNDINGS,
    roundingWords: CHOICES.map((rounding) => ROUNDINGS[rounding]),
    /** What the server asks: whether decisions for later months stay or go. */
    question: '',
  },
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
        const unitId = this.data.unitId || (await this.firstUnit())
        this.show(await readDuesPolicy(unitId))
        return 'content'
      })
    },
    /** The form begins with what holds. */
    show(policy: DuesPolicy) {
      const { unitId, rounding, farmerFen } = policy
      this.setData({
        policy,
        unitId,
        question: '',
        form: { fromMonth: currentMonth(), rounding, farmerYuan: String(farmerFen / 100) },
      })
    },
    async firstUnit(): Promise<string> {
      const { items } = await listUnits()
      this.setData({ hasOthers: items.length > 1 })
      return items[0]?.id ?? ''
    },
    chooseUnit() {
      if (this.data.hasOthers) this.setData({ choosing: true })
    },
    closeUnits() {
      this.setData({ choosing: false })
    },
    chosen(event: WechatMiniprogram.CustomEvent) {
      this.setData({ unitId: (event.detail as unknown as Unit).id, choosing: false })
      void this.refresh()
    },
    chooseRounding(event: WechatMiniprogram.CustomEvent) {
      const chosen = CHOICES[Number((event.detail as { value: string }).value)]
      if (chosen) this.fill('rounding', chosen)
    },
    submit() {
      return this.decide()
    },
    keepLater() {
      return this.decide('keep')
    },
    replaceLater() {
      return this.decide('replace')
    },
    async decide(later?: LaterPolicies) {
      const request = this.check()
      if (!request) return
      this.setData({ question: '' })
      await this.send(async () => {
        try {
          this.show(await changeDuesPolicy(this.data.unitId, { ...request, ...(later ? { later } : {}) }))
        } catch (error) {
          if (!(error instanceof ApiError) || error.code !== 'dues.later-policy') throw error
          return this.setData({ question: error.message })
        }
        void wx.showToast({ title: '已规定', icon: 'success' })
      })
    },
    /** Checks the form without the server. @returns the request, or null when a field must be corrected */
    check(): ChangeDuesPolicy | null {
      const { fromMonth, rounding, farmerYuan } = this.data.form
      const farmerFen = fenFromYuan(farmerYuan)
      if (farmerFen === null || farmerFen < FARMER_MIN_FEN || farmerFen > FARMER_MAX_FEN) {
        this.setData({ errors: { farmerFen: '请填 0.2 到 1 之间的金额' } })
        return null
      }
      return { fromMonth, rounding: rounding as Rounding, farmerFen }
    },
  },
})
