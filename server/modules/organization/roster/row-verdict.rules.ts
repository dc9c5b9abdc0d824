import type { ImportRowDocument } from './import-row.document.js'
import { areSameChanges, changesOf, type StoredMember } from './member-changes.rules.js'
import { headingOf } from './roster-fields.js'
import type { RosterImportRow } from './roster-import-row.entity.js'

/** The member has changed since the preview, so the officer has to decide again. */
export const CHANGED_SINCE_PREVIEW = {
  heading: headingOf('idNumber'),
  reason: '预览之后这名党员的资料有变动，请重新上传核对',
}

/** Nobody decides about themselves, so a roster changes nothing of whoever imports it. */
export const OWN_ROW = {
  heading: headingOf('idNumber'),
  reason: '这一行会改动您自己的资料，不能由您自己导入，请由上级或另一位管理员导入这一行',
}

/** Whoever holds a role over a wider unit than the importing one is changed by that unit. */
export const WIDER_ROLE = {
  heading: headingOf('idNumber'),
  reason: '这名党员在上级党组织有工作角色，资料由上级党组织更改，请把这一行报给上级',
}

export type Verdict = 'add' | 'change' | 'outdated'

/**
 * Whether the proposal of the preview may still be written: another file, another officer or a transfer may have
 * changed the member since then.
 *
 * @param stored the member as stored at this moment
 * @param isOurs whether a unit is the importing unit or lies below it
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

/** Whether a role covers more than the importing unit. Both are paths of nodes. */
export const isWider = (role: string | undefined, importing: string): boolean =>
  role !== undefined && role.length < importing.length
