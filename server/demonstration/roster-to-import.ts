import { BRANCH_NAMES } from '../seeds/organization/demonstration-members.js'
import { makeRosterWorkbook } from '../seeds/organization/roster-file.js'

/** A roster with typical faults, for trying the import. It always contains the same people. */
export const rosterToImport = (): Promise<Buffer> =>
  makeRosterWorkbook({ seed: 20_261_121, count: 120, branches: BRANCH_NAMES })
