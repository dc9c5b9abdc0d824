import {
  ART_23_VALUES,
  MEMBER_CATEGORIES,
  MEMBER_ENDINGS,
  MEMBER_RIGHTS,
  MEMBER_STANDINGS,
  type Art23,
  type MemberCategory,
  type MemberFactKind,
  type MemberRights,
  type MemberStanding,
} from '../../../contracts/organization/member-fact.js'
import type { Days } from '../../../platform/periods/periods.rules.js'
import { ART_23_WORDS, CATEGORY_WORDS, RIGHTS_WORDS, STANDING_WORDS } from './member-words.js'

interface FactRule {
  /** 党内称谓, as a person reads it. */
  name: string
  /** The column of `member` that holds today's value. */
  column: 'unitId' | 'category' | 'standing' | 'rights' | 'art23'
  /** Its codes; null where the value is a unit's id. */
  values: readonly string[] | null
  /** What holds on a day for which nothing is recorded; null: something is always recorded. */
  whenSilent: string | null
  inWords(value: string): string
}

/** All there is to say about a kind of fact. */
export const FACT_RULES: Readonly<Record<MemberFactKind, FactRule>> = {
  unit: { name: '所在支部', column: 'unitId', values: null, whenSilent: null, inWords: (value) => value },
  category: {
    name: '人员类别',
    column: 'category',
    values: MEMBER_CATEGORIES,
    whenSilent: null,
    inWords: (value) => CATEGORY_WORDS[value as MemberCategory],
  },
  standing: {
    name: '党籍状态',
    column: 'standing',
    values: MEMBER_STANDINGS,
    whenSilent: 'normal',
    inWords: (value) => STANDING_WORDS[value as MemberStanding],
  },
  rights: {
    name: '党员权利',
    column: 'rights',
    values: MEMBER_RIGHTS,
    whenSilent: 'full',
    inWords: (value) => RIGHTS_WORDS[value as MemberRights],
  },
  'art-23': {
    name: '组织生活要求',
    column: 'art23',
    values: ART_23_VALUES,
    whenSilent: 'none',
    inWords: (value) => ART_23_WORDS[value as Art23],
  },
}

const quoted = (codes: readonly string[]): string => codes.map((code) => `'${code}'`).join(', ')

/** A condition on the member `alias`: their membership here has not ended. */
export const isMember = (alias: string): string => `${alias}.standing NOT IN (${quoted(MEMBER_ENDINGS)})`

/** Whether the membership here has ended: such a member is on no list of the living branch. */
export const hasEnded = (standing: string): boolean =>
  (MEMBER_ENDINGS as readonly string[]).includes(standing)

export interface FirstFacts {
  category: MemberCategory
  joinedOn: string
  regularizedOn: string | null
  standing: MemberStanding
  /** The first day for which the unit answers for the member: never before they joined. */
  inUnitFrom: string
}

/**
 * What the first row of a roster says, in days. A full member was probationary until the day of becoming one, where it is known. A
 * standing other than the usual is known since the day on which the roster said so.
 */
export function firstPeriods(
  unitId: string,
  { category, joinedOn, regularizedOn, standing, inUnitFrom }: FirstFacts,
): Array<{ kind: MemberFactKind; value: string } & Days> {
  const isSplit = category === 'formal' && regularizedOn !== null && regularizedOn > joinedOn
  return [
    { kind: 'unit', value: unitId, fromOn: inUnitFrom < joinedOn ? joinedOn : inUnitFrom, untilOn: null },
    ...(isSplit
      ? [
          { kind: 'category' as const, value: 'probationary', fromOn: joinedOn, untilOn: regularizedOn },
          { kind: 'category' as const, value: 'formal', fromOn: regularizedOn, untilOn: null },
        ]
      : [{ kind: 'category' as const, value: category, fromOn: joinedOn, untilOn: null }]),
    ...(standing === 'normal'
      ? []
      : [{ kind: 'standing' as const, value: standing, fromOn: inUnitFrom, untilOn: null }]),
  ]
}
