import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { ExportForm } from '../../../contracts/organization/dues-export.js'
import type {
  ApprovalKind,
  ApprovalRequest,
  ApprovalWords,
} from '../../../platform/approval/approval-kind.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { UnitDirectory } from '../units/index.js'

/** The file that is to be taken away. */
export interface FullExportContent {
  month: string
  /** Null: all that the asker may export. */
  unitId: string | null
  form: ExportForm
  people: number
  reason: string
}

declare module '../../../platform/approval/approval-kind.js' {
  interface ApprovalContents {
    'dues.export': FullExportContent
  }
}

const FORMS: Record<ExportForm, string> = { workbook: 'Excel 表', document: '打印稿（PDF）' }

/** 导出 50 人以上的党费台账. Approving writes nothing: the approved request itself opens the download. */
@Injectable()
export class FullExportKind implements ApprovalKind<'dues.export'>, OnModuleInit {
  readonly kind = 'dues.export'
  readonly permission = 'dues.export'
  readonly asksPin = true

  constructor(
    private readonly approvals: Approvals,
    private readonly units: UnitDirectory,
  ) {}

  onModuleInit(): void {
    this.approvals.register(this)
  }

  async describe(requests: Array<ApprovalRequest<FullExportContent>>): Promise<Map<string, ApprovalWords>> {
    const names = await this.units.namesOf(requests.map(({ unitId }) => unitId))
    return new Map(
      requests.map(({ id, unitId, content: { month, form, people, reason } }) => [
        id,
        {
          title: `导出${monthInWords(month)}党费台账`,
          lines: [
            { label: '党组织', value: names.get(unitId) ?? '' },
            { label: '文件', value: FORMS[form] },
            { label: '人数', value: `${people} 人` },
            { label: '用途', value: reason },
          ],
        },
      ]),
    )
  }

  apply(): Promise<void> {
    return Promise.resolve()
  }
}
