import type { ImportRowKind } from '../../../contracts/organization/roster-import.js'

/** Kinds of rows that are not imported: they are counted together and given back to be corrected. */
export const GIVEN_BACK = ['refused', 'unit-unknown'] as const satisfies readonly ImportRowKind[]
