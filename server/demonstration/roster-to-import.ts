import { BRANCH_NAMES } from '../seeds/demonstration-members.js'
import { makeRosterWorkbook } from '../seeds/roster-file.js'

/** A roster with the faults that rosters have, for trying the import. Always the same people. */
export const rosterToImport = (): Promise<Buffer> =>
  makeRosterWorkbook({ seed: 20_261_121, count: 120, branches: BRANCH_NAMES })
