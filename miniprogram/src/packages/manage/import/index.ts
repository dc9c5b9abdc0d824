import type {
  ImportCounts,
  ImportRowKind,
  ImportState,
  RosterImport,
  UnitMatch,
} from '../../../../../server/contracts/organization/roster-import.js'
import { ApiError, messageOf } from '../../../api/api-error'
import {
  cancelImport,
  executeImport,
  matchUnits,
  openRefusedRows,
  readImport,
} from '../../../api/roster-imports'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { pollingBehavior } from '../../../behaviors/polling.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { IMPORT_ROW_KINDS, IMPORT_STATES } from '../../../labels/work'
import { goBack, open, routes } from '../../../routes'
import { offers } from '../../../state/account'

const POLL_GAP_MS = 1_500
/** Wait in ms between queries while the file is read. It is short, because a small file is read within this time. */
const READING_GAP_MS = 600

const KIND_COUNTS: Record<ImportRowKind, keyof ImportCounts> = {
  new: 'new',
  changed: 'changed',
  refused: 'refused',
  'unit-unknown': 'unitUnknown',
  same: 'same',
}

const TITLES: Record<ImportState, string> = {
  reading: '正在读取',
  preview: '核对花名册',
  importing: '正在导入',
  done: '导入结果',
  cancelled: '已取消的导入',
  failed: '导入结果',
  unreadable: '文件读不出来',
}

interface KindLine {
  kind: ImportRowKind
  word: string
  count: number
  /** Whether rows of this kind are never written. */
  leftOut: boolean
}

/** One import from reading to writing. It continues on the server when the page is left. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior, pollingBehavior],
  data: {
    id: '',
    roster: null as RosterImport | null,
    lines: [] as KindLine[],
    percent: 0,
    assessmentMonth: '',
    showsColumns: false,
    canGenerate: false,
    states: IMPORT_STATES,
    working: '' as '' | 'match' | 'execute' | 'cancel' | 'download',
    formProblem: '',
  },
  methods: {
    onLoad(query: { id?: string }) {
      this.setData({ id: query.id ?? '', canGenerate: offers('dues-generation') })
    },
    onShow() {
      // ticks may have been changed on the rows page
      void this.refresh()
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    refresh(): Promise<void> {
      return this.run(async () => {
        this.show(await readImport(this.data.id))
        return 'content'
      })
    },
    show(roster: RosterImport) {
      const { done, total } = roster.progress
      this.setData({
        roster,
        lines: linesOf(roster.counts),
        percent: total ? Math.floor((done * 100) / total) : 0,
        assessmentMonth: this.data.assessmentMonth || roster.assessmentMonth,
      })
      void wx.setNavigationBarTitle({ title: TITLES[roster.state] })
      if (roster.state === 'reading') this.pollAfter(READING_GAP_MS, () => void this.refresh())
      if (roster.state === 'importing') this.pollAfter(POLL_GAP_MS, () => void this.refresh())
    },
    toggleColumns() {
      this.setData({ showsColumns: !this.data.showsColumns })
    },
    showRows(event: WechatMiniprogram.TouchEvent) {
      open(routes.importRows(this.data.id, String(event.currentTarget.dataset.kind)))
    },
    showAbsent() {
      open(routes.importAbsent(this.data.id))
    },
    changeMonth(event: WechatMiniprogram.CustomEvent) {
      this.setData({ assessmentMonth: (event.detail as { value: string }).value })
    },
    async match(event: WechatMiniprogram.CustomEvent) {
      const { matches } = event.detail as { matches: UnitMatch[] }
      await this.work('match', async () => this.show(await matchUnits(this.data.id, { matches })))
    },
    async execute() {
      const { id, assessmentMonth } = this.data
      await this.work('execute', async () => this.show(await executeImport(id, { assessmentMonth })))
    },
    async cancel() {
      const { confirm } = await wx.showModal({
        title: '不导入了',
        content: '要再导入，得重新上传文件。',
        confirmText: '不导入',
        cancelText: '再看看',
      })
      if (!confirm) return
      await this.work('cancel', async () => this.show(await cancelImport(this.data.id)))
    },
    async downloadRefused() {
      await this.work('download', () => openRefusedRows(this.data.id))
    },
    generate() {
      open(routes.generate())
    },
    finish() {
      goBack()
    },
    async work(name: 'match' | 'execute' | 'cancel' | 'download', what: () => Promise<void>) {
      if (this.data.working) return
      this.setData({ working: name, formProblem: '' })
      try {
        await what()
      } catch (error) {
        const field = error instanceof ApiError ? error.fields[0]?.message : undefined
        this.setData({ formProblem: field ?? messageOf(error) })
      } finally {
        this.setData({ working: '' })
      }
    },
  },
})

function linesOf(counts: ImportCounts): KindLine[] {
  return (Object.keys(KIND_COUNTS) as ImportRowKind[])
    .map((kind) => ({
      kind,
      word: IMPORT_ROW_KINDS[kind],
      count: counts[KIND_COUNTS[kind]],
      leftOut: kind === 'refused' || kind === 'unit-unknown',
    }))
    .filter(({ count }) => count > 0)
}
