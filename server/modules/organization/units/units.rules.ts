import type { UnitKind } from '../../../contracts/organization/unit.js'

/** 党内组织层级：党委下设党总支和党支部，党总支下设党支部，党支部下设党小组。 */
const CHILDREN: Record<UnitKind, readonly UnitKind[]> = {
  committee: ['committee', 'general-branch', 'branch'],
  'general-branch': ['branch'],
  branch: ['group'],
  group: [],
}

export const mayStandUnder = (parent: UnitKind, child: UnitKind): boolean => CHILDREN[parent].includes(child)

/** Members belong to a branch or a group; a unit above these has only units below it. */
export const holdsMembers = (kind: UnitKind): boolean => kind === 'branch' || kind === 'group'

export const kindInWords: Record<UnitKind, string> = {
  committee: '党委',
  'general-branch': '党总支',
  branch: '党支部',
  group: '党小组',
}
