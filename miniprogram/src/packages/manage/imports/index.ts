import type { RosterImport } from '../../../../../server/contracts/organization/roster-import.js'
import { messageOf } from '../../../api/api-error'
import { listImports, uploadRoster } from '../../../api/roster-imports'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { IMPORT_STATES } from '../../../labels/work'
import { open, routes } from '../../../routes'

/** Uploads a workbook from a chat. Earlier imports are listed below and can be continued. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior],
  data: { imports: [] as RosterImport[], states: IMPORT_STATES, uploading: '', formProblem: '' },
  methods: {
    onShow() {
      void this.refresh()
    },
    async onPullDownRefresh() {
      await this.refresh()
      void wx.stopPullDownRefresh()
    },
    refresh(): Promise<void> {
      return this.run(async () => {
        this.setData({ imports: (await listImports()).items })
        return 'content'
      })
    },
    async choose() {
      if (this.data.uploading) return
      const file = await chooseTable()
      if (!file) return
      this.setData({ uploading: file.name, formProblem: '' })
      try {
        const { id } = await uploadRoster(file.path)
        open(routes.rosterImport(id))
      } catch (error) {
        this.setData({ formProblem: messageOf(error) })
      } finally {
        this.setData({ uploading: '' })
      }
    },
    show(event: WechatMiniprogram.TouchEvent) {
      open(routes.rosterImport(String(event.currentTarget.dataset.id)))
    },
  },
})

/** @returns null when the person closed the file dialog. */
async function chooseTable(): Promise<{ path: string; name: string } | null> {
  try {
    const { tempFiles } = await wx.chooseMessageFile({ count: 1, type: 'file', extension: ['xlsx', 'csv'] })
    return tempFiles[0] ?? null
  } catch {
    return null
  }
}
