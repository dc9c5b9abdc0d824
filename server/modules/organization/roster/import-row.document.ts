import type { ImportRowProblem } from '../../../contracts/organization/roster-import.js'
import type { MemberChange } from './member-changes.rules.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import type { RosterPerson } from './roster-person.js'

/** What a row says, kept encrypted until it is written or the import is forgotten. */
export interface ImportRowDocument {
  /** Text of every column, for giving the row back unchanged; empty once nobody needs it. */
  original: string[]
  name: string
  /** Text of the unit's cell, valid or not. */
  unitName: string
  /** Null when the row was refused, and once it has been written. */
  person: RosterPerson | null
  problems: ImportRowProblem[]
  notes: string[]
  changes: MemberChange[]
}

export const openDocument = (document: string): ImportRowDocument => JSON.parse(document) as ImportRowDocument
export const sealDocument = (document: ImportRowDocument): string => JSON.stringify(document)

/** Drops the details of a row that needs no more work; the rest is enough to recognize it in the list. */
export const withoutDetails = (document: ImportRowDocument): ImportRowDocument => ({
  ...document,
  original: [],
  person: null,
  changes: [],
})

/**
 * Turns a valid row into a refused one, which is given back with its original text and the reason. The file names the
 * member all the same.
 */
export function refuse(row: RosterImportRow, document: ImportRowDocument, problem: ImportRowProblem): void {
  const refused: ImportRowDocument = { ...document, person: null, changes: [], problems: [problem] }
  Object.assign(row, {
    kind: 'refused',
    unitName: '',
    unitId: null,
    ticked: false,
    document: sealDocument(refused),
  })
}
