import type { Assessment } from '../../../../../server/contracts/organization/dues.js'
import type { Member } from '../../../../../server/contracts/home/member-page.js'
import type { MemberDisclosure } from '../../../../../server/contracts/organization/member.js'
import { messageOf } from '../../../api/api-error'
import { discloseMember, listAssessments, readMember } from '../../../api/members'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { DUES_CLASSES } from '../../../labels/bill'
import { CATEGORIES, SEXES, STANDINGS } from '../../../labels/member'
import { open, routes } from '../../../routes'

/** One member: fields of the roster, assessment history, and the full numbers after a reason is given. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior],
  data: {
    id: '',
    member: null as Member | null,
    assessments: [] as Assessment[],
    disclosure: null as MemberDisclosure | null,
    categories: CATEGORIES,
    sexes: SEXES,
    standings: STANDINGS,
    classes: DUES_CLASSES,
    asking: false,
    sending: false,
    formProblem: '',
  },
  methods: {
    onLoad(query: { id?: string }) {
      this.setData({ id: query.id ?? '' })
    },
    onShow() {
      void this.refresh()
    },
    onHide() {
      // full numbers are hidden when the page is left
      this.setData({ disclosure: null })
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    refresh(): Promise<void> {
      return this.run(async () => {
        const member = await readMember(this.data.id)
        const history = member.can.readDues ? await listAssessments(this.data.id) : { items: [] }
        this.setData({ member, assessments: history.items })
        return 'content'
      })
    },
    askToDisclose() {
      this.setData({ asking: true, formProblem: '' })
    },
    closeReason() {
      this.setData({ asking: false })
    },
    async disclose(event: WechatMiniprogram.CustomEvent) {
      if (this.data.sending) return
      this.setData({ sending: true, formProblem: '' })
      try {
        const disclosure = await discloseMember(this.data.id, event.detail as { reason: string })
        this.setData({ disclosure, asking: false })
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ sending: false })
      }
    },
    call() {
      const phone = this.data.disclosure?.phone
      if (phone) void wx.makePhoneCall({ phoneNumber: phone, fail: () => undefined })
    },
    changePhone() {
      open(routes.changePhone(this.data.id))
    },
    showFacts() {
      open(routes.facts(this.data.id))
    },
    giveRole() {
      open(routes.giveRole(this.data.id))
    },
    assess() {
      open(routes.assess(this.data.id))
    },
  },
})
