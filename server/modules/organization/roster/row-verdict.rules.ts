import type { ImportRowDocument } from './import-row.document.js'
import { areSameChanges, changesOf, type StoredMember } from './member-changes.rules.js'
import { headingOf } from './roster-fields.js'
import type { RosterImportRow } from './roster-import-row.entity.js'

/** What the officer saw no longer holds, so what they would want now is not known. */
export const CHANGED_SINCE_PREVIEW = {
  heading: headingOf('idNumber'),
  reason: '预览之后这名党员的资料有变动，请重新上传核对',
}

export type Verdict = 'add' | 'change' | 'outdated'

/**
 * Whether what the preview proposed may still be written. Time passes between the two: another file, another officer
 * or a transfer may have been faster.
 *
 * @param stored the member as stored at this moment
 * @param isOurs whether a unit lies within the import's
 */
export function judge(
  { kind, unitId }: Pick<RosterImportRow, 'kind' | 'unitId'>,
  { person, changes }: Pick<ImportRowDocument, 'person' | 'changes'>,
  stored: StoredMember | undefined,
  isOurs: (unitId: string) => boolean,
): Verdict {
  if (!person || unitId === null || !isOurs(unitId)) return 'outdated'
  if (kind === 'new') return stored ? 'outdated' : 'add'
  if (!stored || !isOurs(stored.member.unitId)) return 'outdated'
  return areSameChanges(changes, changesOf(stored, person, unitId, '')) ? 'change' : 'outdated'
}
