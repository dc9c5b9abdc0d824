import type {
  AssessDues,
  DuesClass,
  LaterAssessments,
} from '../../../../../server/contracts/organization/dues.js'
import type { Member } from '../../../../../server/contracts/home/member-page.js'
import { ApiError } from '../../../api/api-error'
import { assessDues, readMember } from '../../../api/members'
import { draftBehavior } from '../../../behaviors/draft.behavior'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { assessmentMonths } from '../../../billing-months'
import { currentMonth, fenFromYuan } from '../../../format'
import { DUES_BASES, DUES_CLASSES } from '../../../labels/bill'
import { goBack } from '../../../routes'
import { noteAssessment } from '../../../state/assessments'

const CLASSES = Object.keys(DUES_CLASSES) as DuesClass[]

/** Assesses a member's dues from a month on. The server computes and explains the amount. */
Component({
  behaviors: [
    textSizeBehavior,
    loadingBehavior,
    draftBehavior({ fromMonth: '', duesClass: '', baseYuan: '', reason: '' }),
  ],
  data: {
    id: '',
    months: assessmentMonths(),
    member: null as Member | null,
    classes: CLASSES,
    classWords: CLASSES.map((duesClass) => DUES_CLASSES[duesClass]),
    words: DUES_CLASSES,
    bases: DUES_BASES,
    /** What the server asks: whether assessments of later months stay or go. */
    question: '',
  },
  methods: {
    onLoad(query: { id?: string }) {
      const id = query.id ?? ''
      this.setData({ id })
      this.restoreDraft(`assessment-${id}`)
      if (!this.data.form.fromMonth) this.fill('fromMonth', currentMonth())
      void this.run(async () => {
        const member = await readMember(id)
        this.setData({ member })
        if (!this.data.form.duesClass) this.fill('duesClass', member.duesClass)
        return 'content'
      })
    },
    chooseClass(event: WechatMiniprogram.CustomEvent) {
      const chosen = CLASSES[Number((event.detail as { value: string }).value)]
      if (chosen) this.fill('duesClass', chosen)
    },
    submit() {
      return this.assess()
    },
    keepLater() {
      return this.assess('keep')
    },
    replaceLater() {
      return this.assess('replace')
    },
    async assess(later?: LaterAssessments) {
      const { id } = this.data
      const request = this.check()
      if (!request) return
      this.setData({ question: '' })
      await this.send(async () => {
        try {
          await assessDues(id, { ...request, ...(later ? { later } : {}) })
        } catch (error) {
          if (!(error instanceof ApiError) || error.code !== 'dues.later-assessment') throw error
          return this.setData({ question: error.message })
        }
        this.clearDraft()
        noteAssessment()
        void wx.showToast({ title: '已核定', icon: 'success' })
        goBack()
      })
    },
    /** Checks the form without the server. @returns the request, or null when a field must be corrected */
    check(): AssessDues | null {
      const { fromMonth, baseYuan, reason } = this.data.form
      const duesClass = this.data.form.duesClass as DuesClass
      const baseFen = DUES_BASES[duesClass] === null ? undefined : fenFromYuan(baseYuan)
      const errors: Record<string, string> = {}
      if (baseFen === null) errors.baseFen = '请填写金额，例如 5200 或 5200.50'
      else if (baseFen === 0) errors.baseFen = '请填写大于 0 的金额'
      if (reason.trim().length < 2) errors.reason = '请写明依据，至少两个字'
      this.setData({ errors })
      if (baseFen === null || errors.baseFen || errors.reason) return null
      return { fromMonth, duesClass, reason: reason.trim(), ...(baseFen === undefined ? {} : { baseFen }) }
    },
  },
})
