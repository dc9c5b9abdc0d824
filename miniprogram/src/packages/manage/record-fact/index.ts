import type {
  MemberFactKind,
  RecordMemberFact,
} from '../../../../../server/contracts/organization/member-fact.js'
import type { Member } from '../../../../../server/contracts/home/member-page.js'
import { askForFact, readMember, recordFact } from '../../../api/members'
import { draftBehavior } from '../../../behaviors/draft.behavior'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { today } from '../../../format'
import { FACT_KINDS, FACT_VALUES } from '../../../labels/member'
import { goBack } from '../../../routes'

const KINDS = Object.keys(FACT_KINDS) as MemberFactKind[]

/** Records what holds for a member from a day on: a move, a death, a suspension, and the like. */
Component({
  behaviors: [
    textSizeBehavior,
    loadingBehavior,
    draftBehavior({
      kind: 'unit',
      value: '',
      word: '',
      fromOn: '',
      untilOn: '',
      duesPaidThrough: '',
      document: '',
      reason: '',
    }),
  ],
  data: {
    id: '',
    member: null as Member | null,
    kinds: FACT_KINDS,
    kindWords: KINDS.map((kind) => FACT_KINDS[kind]),
    valueWords: [] as string[],
    searching: false,
  },
  methods: {
    onLoad(query: { id?: string; kind?: string; value?: string }) {
      const id = query.id ?? ''
      this.setData({ id })
      this.restoreDraft(`fact-${id}`)
      this.begin(query.kind as MemberFactKind | undefined, query.value ?? '')
      if (!this.data.form.fromOn) this.fill('fromOn', today())
      this.offerValues()
      void this.run(async () => {
        this.setData({ member: await readMember(id) })
        return 'content'
      })
    },
    /** What another page has chosen already; the person may still choose otherwise. */
    begin(kind: MemberFactKind | undefined, value: string) {
      if (!kind || !KINDS.includes(kind)) return
      this.fill('kind', kind)
      this.fill('value', value)
      this.fill('word', FACT_VALUES[kind]?.[value] ?? '')
    },
    chooseKind(event: WechatMiniprogram.CustomEvent) {
      const kind = KINDS[Number((event.detail as { value: string }).value)]
      if (!kind) return
      this.fill('kind', kind)
      this.fill('value', '')
      this.fill('word', '')
      this.offerValues()
    },
    offerValues() {
      const values = FACT_VALUES[this.data.form.kind as MemberFactKind]
      this.setData({ valueWords: Object.values(values ?? {}) })
    },
    chooseValue(event: WechatMiniprogram.CustomEvent) {
      const values = Object.entries(FACT_VALUES[this.data.form.kind as MemberFactKind] ?? {})
      const chosen = values[Number((event.detail as { value: string }).value)]
      if (!chosen) return
      this.fill('value', chosen[0])
      this.fill('word', chosen[1])
    },
    search() {
      this.setData({ searching: true })
    },
    closeSearch() {
      this.setData({ searching: false })
    },
    found(event: WechatMiniprogram.CustomEvent) {
      const { id, name } = event.detail as { id: string; name: string }
      this.fill('value', id)
      this.fill('word', name)
      this.setData({ searching: false })
    },
    leaveOpen() {
      this.fill('untilOn', '')
    },
    leaveUnsaid() {
      this.fill('duesPaidThrough', '')
    },
    async submit() {
      const request = this.check()
      if (!request) return
      await this.send(async () => {
        const isAsked = this.data.member?.can.askToRecord === true
        await (isAsked ? askForFact : recordFact)(this.data.id, request)
        this.clearDraft()
        void wx.showToast(
          isAsked ? { title: '已请上级登记', icon: 'none' } : { title: '已登记', icon: 'success' },
        )
        goBack()
      })
    },
    /** Checks the form without the server. @returns the request, or null when a field must be corrected */
    check(): RecordMemberFact | null {
      const { kind, value, fromOn, untilOn, duesPaidThrough, document, reason } = this.data.form
      const errors: Record<string, string> = {}
      if (!value) errors.value = '请选择'
      if (reason.trim().length < 2) errors.reason = '请写明原因，至少两个字'
      this.setData({ errors })
      if (errors.value || errors.reason) return null
      return {
        kind: kind as MemberFactKind,
        value,
        fromOn,
        ...(untilOn ? { untilOn } : {}),
        ...(kind === 'unit' && duesPaidThrough ? { duesPaidThrough } : {}),
        ...(document.trim().length >= 2 ? { document: document.trim() } : {}),
        reason: reason.trim(),
      }
    },
  },
})
