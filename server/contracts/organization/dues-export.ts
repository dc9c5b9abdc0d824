import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator'
import { IsId, IsMonth } from '../platform/patterns.js'
import { LedgerScope } from './ledger.js'

export const EXPORT_FORMS = ['workbook', 'document'] as const
/** An Excel file, or a PDF for the printer. */
export type ExportForm = (typeof EXPORT_FORMS)[number]

/** What an export names besides its scope. */
export class LedgerExport extends LedgerScope {
  /** The request that was approved; needed when the file names more than 50 people. */
  @IsOptional()
  @IsId()
  approvalId?: string
}

export class AskForExport {
  @IsMonth()
  month: string

  /** Only this unit and what stands below it; all that the asker may export when not given. */
  @IsOptional()
  @IsId()
  unitId?: string

  @IsIn(EXPORT_FORMS)
  form: ExportForm

  /** What for, in words; whoever decides reads it. */
  @IsString()
  @Length(2, 100)
  @Matches(/\S\s*\S/)
  reason: string
}

/** A file that the reader may download. */
export class ReadyExport {
  approvalId: string
  month: string
  unitId: string | null
  form: ExportForm
  /** ISO 8601, UTC. */
  until: string
}

/** Newest first. */
export class ReadyExportList {
  items: ReadyExport[]
}
