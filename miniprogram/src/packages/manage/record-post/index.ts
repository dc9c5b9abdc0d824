import type { MemberRow } from '../../../../../server/contracts/home/member-page.js'
import { correctPost, endPost, holdPost, listPosts } from '../../../api/posts'
import { draftBehavior } from '../../../behaviors/draft.behavior'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { today } from '../../../format'
import { POST_TITLES } from '../../../labels/member'
import { goBack, type PostForm } from '../../../routes'

const OTHER = '其他'
const TITLES = [...POST_TITLES, OTHER]

const WORDS: Record<PostForm, { heading: string; action: string; done: string }> = {
  hold: { heading: '登记任职', action: '登记', done: '已登记' },
  end: { heading: '任职结束', action: '登记结束', done: '已登记' },
  correct: { heading: '更正任职', action: '更正', done: '已更正' },
}

const EMPTY = { memberId: '', memberName: '', title: '', fromOn: '', untilOn: '', document: '', reason: '' }

/** Records that somebody holds a post in a unit, ends a post, or corrects what was recorded of one. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, draftBehavior(EMPTY)],
  data: {
    unitId: '',
    unitName: '',
    postId: '',
    kind: 'hold' as PostForm,
    action: '',
    titles: TITLES,
    /** The title before a correction. */
    oldTitle: '',
    /** Whether the title is typed. */
    ownTitle: false,
    today: today(),
    searching: false,
  },
  methods: {
    onLoad({ unitId = '', kind = 'hold', id = '' }: { unitId?: string; kind?: PostForm; id?: string }) {
      const { heading, action } = WORDS[kind]
      void wx.setNavigationBarTitle({ title: heading })
      this.setData({ unitId, kind, postId: id, action })
      this.restoreDraft(`post-${kind}-${id || unitId}`)
      void this.run(async () => {
        const { unitName, items } = await listPosts(unitId)
        const post = items.find((item) => item.id === id)
        this.setData({ unitName, oldTitle: post?.title ?? '' })
        if (post && !this.data.form.memberId) {
          const { memberId, memberName, title, fromOn, untilOn } = post
          this.setData({ form: { ...EMPTY, memberId, memberName, title, fromOn, untilOn: untilOn ?? '' } })
        }
        if (!this.data.form.fromOn) this.fill('fromOn', today())
        const { title } = this.data.form
        this.setData({ ownTitle: title !== '' && !TITLES.includes(title) })
        return 'content'
      })
    },
    chooseTitle(event: WechatMiniprogram.CustomEvent) {
      const title = TITLES[Number((event.detail as { value: string }).value)] ?? OTHER
      this.setData({ ownTitle: title === OTHER })
      this.fill('title', title === OTHER ? '' : title)
    },
    search() {
      this.setData({ searching: true })
    },
    closeSearch() {
      this.setData({ searching: false })
    },
    found(event: WechatMiniprogram.CustomEvent) {
      const { id, name } = event.detail as unknown as MemberRow
      this.fill('memberId', id)
      this.fill('memberName', name)
      this.setData({ searching: false })
    },
    leaveOpen() {
      this.fill('untilOn', '')
    },
    async submit() {
      if (!this.check()) return
      await this.send(async () => {
        await this.sendForm()
        this.clearDraft()
        void wx.showToast({ title: WORDS[this.data.kind].done, icon: 'success' })
        goBack()
      })
    },
    /** Checks the form without the server. */
    check(): boolean {
      const { memberId, title, untilOn, reason } = this.data.form
      const { kind } = this.data
      const errors: Record<string, string> = {}
      if (kind === 'hold' && !memberId) errors.memberId = '请选择'
      if (kind !== 'end' && title.trim().length < 2) errors.title = '请选择或填写职务，至少两个字'
      if (kind === 'end' && !untilOn) errors.untilOn = '请选择'
      if (reason.trim().length < 2) errors.reason = '请写明原因，至少两个字'
      this.setData({ errors })
      return Object.keys(errors).length === 0
    },
    sendForm(): Promise<unknown> {
      const { unitId, postId, kind } = this.data
      const { memberId, fromOn, untilOn } = this.data.form
      const title = this.data.form.title.trim()
      const document = this.data.form.document.trim()
      const evidence = {
        ...(document.length >= 2 ? { document } : {}),
        reason: this.data.form.reason.trim(),
      }
      if (kind === 'end') return endPost(unitId, postId, { untilOn, ...evidence })
      const content = { title, fromOn, ...(untilOn ? { untilOn } : {}), ...evidence }
      if (kind === 'correct') return correctPost(unitId, postId, content)
      return holdPost(unitId, { memberId, ...content })
    },
  },
})
