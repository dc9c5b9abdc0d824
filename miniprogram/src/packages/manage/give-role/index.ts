import type { Member } from '../../../../../server/contracts/home/member-page.js'
import type { AskForRole, PartyRole } from '../../../../../server/contracts/organization/role.js'
import { readMember } from '../../../api/members'
import { askForRole } from '../../../api/roles'
import { draftBehavior } from '../../../behaviors/draft.behavior'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { ROLES } from '../../../labels/role'
import { goBack } from '../../../routes'

const NAMES = Object.keys(ROLES) as PartyRole[]
const MOBILE = /^1[3-9]\d{9}$/

/** Asks for a role: for a member, or for the person of an office that is opened with it. Another person decides. */
Component({
  behaviors: [
    textSizeBehavior,
    loadingBehavior,
    draftBehavior({
      role: '',
      unitId: '',
      unitName: '',
      title: '',
      personName: '',
      phone: '',
      lastOn: '',
      document: '',
      reason: '',
    }),
  ],
  data: {
    memberId: '',
    member: null as Member | null,
    roles: ROLES,
    roleWords: NAMES.map((name) => ROLES[name].word),
    choosingUnit: false,
    asksPin: false,
    request: null as AskForRole | null,
  },
  methods: {
    onLoad({ memberId = '' }: { memberId?: string }) {
      this.setData({ memberId })
      this.restoreDraft(`role-${memberId}`)
      void this.run(async () => {
        if (memberId) this.setData({ member: await readMember(memberId) })
        return 'content'
      })
    },
    chooseRole(event: WechatMiniprogram.CustomEvent) {
      const role = NAMES[Number((event.detail as { value: string }).value)]
      if (role) this.fill('role', role)
    },
    chooseUnit() {
      this.setData({ choosingUnit: true })
    },
    closeUnits() {
      this.setData({ choosingUnit: false })
    },
    unitChosen(event: WechatMiniprogram.CustomEvent) {
      const { id, name } = event.detail as { id: string; name: string }
      this.fill('unitId', id)
      this.fill('unitName', name)
      this.setData({ choosingUnit: false })
    },
    leaveOpen() {
      this.fill('lastOn', '')
    },
    submit() {
      const request = this.check()
      if (request) this.setData({ request, asksPin: true, formProblem: '' })
    },
    closePin() {
      this.setData({ asksPin: false })
    },
    async withPin(event: WechatMiniprogram.CustomEvent) {
      const { request } = this.data
      if (!request) return
      await this.send(async () => {
        const { nobodyElse } = await askForRole(request, (event.detail as { pin: string }).pin)
        this.clearDraft()
        this.closePin()
        const title = nobodyElse
          ? '已提交。没有第二位管理员，请系统管理员凭文件办理'
          : '已提交，等另一位管理员决定'
        void wx.showToast({ title, icon: 'none' })
        goBack()
      })
      // What the server says of a field stands beside the field, below the sheet.
      if (Object.keys(this.data.errors).length > 0) this.closePin()
    },
    /** Checks the form without the server. @returns the request, or null when a field must be corrected */
    check(): AskForRole | null {
      const { role, unitId, title, personName, phone, lastOn, document, reason } = this.data.form
      const isOffice = !this.data.memberId
      const errors: Record<string, string> = {}
      if (!role) errors.role = '请选择角色'
      if (!unitId) errors.unitId = '请选择管到哪里'
      if (isOffice && title.trim().length < 2) errors.title = '请写岗位名称，至少两个字'
      if (isOffice && personName.trim().length < 2) errors.personName = '请写本人姓名'
      if (isOffice && !MOBILE.test(phone.trim())) errors.phone = '请写 11 位手机号'
      if (document.trim().length < 2) errors.document = '请写任命文件'
      if (reason.trim().length < 2) errors.reason = '请写明理由，至少两个字'
      this.setData({ errors })
      if (Object.keys(errors).length > 0) return null
      const office = { title: title.trim(), personName: personName.trim(), phone: phone.trim() }
      return {
        role: role as PartyRole,
        unitId,
        ...(isOffice ? { office } : { memberId: this.data.memberId }),
        ...(lastOn ? { lastOn } : {}),
        document: document.trim(),
        reason: reason.trim(),
      }
    },
  },
})
