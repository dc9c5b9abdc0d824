import type { ImportRowKind, ImportState } from '../../../contracts/organization/roster-import.js'

/** Kinds of rows that are not imported: they are counted together and given back to be corrected. */
export const GIVEN_BACK = ['refused', 'unit-unknown'] as const satisfies readonly ImportRowKind[]

/** In these states not all rows are there: some are not read yet, or they are about to be deleted. */
const INCOMPLETE: readonly ImportState[] = ['reading', 'cancelled', 'unreadable']

/** Whether such rows, of which there are `count`, can be downloaded. */
export const givesBack = (state: ImportState, count: number): boolean =>
  count > 0 && !INCOMPLETE.includes(state)
