import type { ImportRowChange, ImportRowProblem } from '../../../contracts/roster-import.js'
import type { RosterPerson } from './roster-row.rules.js'

/** What a row says, kept encrypted until the import is forgotten. */
export interface ImportRowDocument {
  /** Text of every column, for giving the row back as it came. */
  original: string[]
  name: string
  /** Null when the row was refused. */
  person: RosterPerson | null
  problems: ImportRowProblem[]
  notes: string[]
  changes: ImportRowChange[]
}

export const openDocument = (document: string): ImportRowDocument => JSON.parse(document) as ImportRowDocument
export const sealDocument = (document: ImportRowDocument): string => JSON.stringify(document)
