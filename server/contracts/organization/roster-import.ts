import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator'
import { PageQuery } from '../platform/paging.js'
import { IsId, IsMonth } from '../platform/patterns.js'

export type ImportState = 'reading' | 'preview' | 'importing' | 'done' | 'cancelled' | 'failed' | 'unreadable'
export const IMPORT_ROW_KINDS = ['new', 'changed', 'same', 'refused', 'unit-unknown'] as const
export type ImportRowKind = (typeof IMPORT_ROW_KINDS)[number]

/** The fields of the form that come before its file. */
export class UploadRoster {
  /** The caller's own unit when not given. */
  @IsOptional()
  @IsId()
  unitId?: string
}

export class ImportColumn {
  /** Letter of the column in the sheet. */
  letter: string
  heading: string
  /** What it was recognized as, in Chinese; null when it is ignored. */
  recognizedAs: string | null
}

export class ImportCounts {
  total: number
  new: number
  changed: number
  same: number
  refused: number
  unitUnknown: number
}

export class UnitProposal {
  unitId: string
  name: string
}

/** A unit name of the file that matches none of our units exactly. */
export class UnknownUnit {
  name: string
  rowCount: number
  /** Best first, at most three. */
  proposals: UnitProposal[]
}

/** The progress of reading the file while it is read, of writing from then on. */
export class ImportProgress {
  done: number
  total: number
}

export class ImportCan {
  matchUnits: boolean
  execute: boolean
  cancel: boolean
  downloadRefused: boolean
}

export class RosterImport {
  id: string
  fileName: string
  /** Empty for a text file, and until the file has been looked through. */
  sheetName: string
  state: ImportState
  unitId: string
  unitName: string
  columns: ImportColumn[]
  /** Remarks that do not stop the import, such as a total row that was skipped. */
  notes: string[]
  counts: ImportCounts
  unknownUnits: UnknownUnit[]
  /** Changed rows that are ticked, so will be written. */
  tickedCount: number
  /** Telephone numbers of this import that wait for a second person; decided together under the id of the import. */
  phonesWaiting: number
  /**
   * Members of the file's units whom the file does not name and about whom nobody has answered yet; null until the
   * import is done, and in lists.
   */
  absentCount: number | null
  /** Month from which 计算基数 becomes the assessment, `YYYY-MM`. */
  assessmentMonth: string
  progress: ImportProgress
  /** ISO 8601, UTC. */
  uploadedAt: string
  finishedAt: string | null
  problem: string | null
  can: ImportCan
}

export class RosterImportList {
  items: RosterImport[]
}

export class ListImportRows extends PageQuery {
  @IsOptional()
  @IsIn(IMPORT_ROW_KINDS)
  kind?: ImportRowKind
}

export class ImportRowProblem {
  heading: string
  reason: string
}

export class ImportRowChange {
  heading: string
  before: string
  after: string
}

export class ImportRow {
  id: string
  rowNumber: number
  kind: ImportRowKind
  name: string
  unitName: string
  problems: ImportRowProblem[]
  changes: ImportRowChange[]
  ticked: boolean
  notes: string[]
}

export class ImportRowPage {
  items: ImportRow[]
  next: string | null
}

/** A member of one of the file's units whom the file does not name. */
export class AbsentMember {
  memberId: string
  name: string
  unitName: string
  /** Day since which they are in the unit, `YYYY-MM-DD`; null when it is not known. */
  inUnitSince: string | null
}

export class AbsentMemberPage {
  items: AbsentMember[]
  next: string | null
}

export class UnitMatch {
  /** The name as it stands in the file. */
  @IsString()
  @Length(1, 100)
  name: string

  /** Use this unit … */
  @IsOptional()
  @IsId()
  unitId?: string

  /** … or make a branch of that name below this one. */
  @IsOptional()
  @IsId()
  createUnder?: string
}

export class MatchUnits {
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => UnitMatch)
  matches: UnitMatch[]
}

export class TickRows {
  /** The rows concerned; all changed rows when not given. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsId({ each: true })
  rowIds?: string[]

  @IsBoolean()
  ticked: boolean
}

export class ExecuteImport {
  /** Month from which 计算基数 becomes the assessment, `YYYY-MM`. */
  @IsMonth()
  assessmentMonth: string
}
