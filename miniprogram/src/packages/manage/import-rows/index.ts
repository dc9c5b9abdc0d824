import type {
  ImportRow,
  ImportRowKind,
  RosterImport,
  TickRows,
} from '../../../../../server/contracts/organization/roster-import.js'
import { messageOf } from '../../../api/api-error'
import { listImportRows, readImport, tickRows } from '../../../api/roster-imports'
import { listBehavior } from '../../../behaviors/list.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { IMPORT_ROW_KINDS } from '../../../labels/work'

/** The rows of one kind in an import. Ticked changes will be written. */
Component({
  behaviors: [textSizeBehavior, listBehavior<ImportRow>()],
  data: {
    id: '',
    kind: 'new' as ImportRowKind,
    roster: null as RosterImport | null,
    mayTick: false,
    isWritten: false,
  },
  methods: {
    onLoad(query: { id?: string; kind?: string }) {
      const kind = (query.kind ?? 'new') as ImportRowKind
      const id = query.id ?? ''
      this.setData({ id, kind })
      void wx.setNavigationBarTitle({ title: IMPORT_ROW_KINDS[kind] })
      void this.list(async (cursor) => {
        const [page, roster] = await Promise.all([listImportRows(id, kind, cursor), readImport(id)])
        this.showImport(roster)
        return page
      })
    },
    showImport(roster: RosterImport) {
      const areChanges = this.data.kind === 'changed'
      this.setData({
        roster,
        mayTick: areChanges && roster.state === 'preview',
        isWritten: areChanges && roster.state === 'done',
      })
    },
    async toggle(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      const row = this.data.items.find((item) => item.id === id)
      if (row && this.data.mayTick) await this.tick({ rowIds: [id], ticked: !row.ticked })
    },
    async tickAll() {
      await this.tick({ ticked: true })
    },
    async tickNone() {
      await this.tick({ ticked: false })
    },
    /** Shows the tick at once and reverts it when the server refuses. */
    async tick(body: TickRows) {
      const before = this.data.items
      const isConcerned = ({ id }: ImportRow) => !body.rowIds || body.rowIds.includes(id)
      this.setData({ items: before.map((row) => (isConcerned(row) ? { ...row, ticked: body.ticked } : row)) })
      try {
        this.showImport(await tickRows(this.data.id, body))
      } catch (error) {
        const wasTicked = new Map(before.map(({ id, ticked }) => [id, ticked]))
        this.setData({
          items: this.data.items.map((row) =>
            isConcerned(row) ? { ...row, ticked: wasTicked.get(row.id) ?? row.ticked } : row,
          ),
        })
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      }
    },
  },
})
