import type { MemberFactKind } from '../../../contracts/organization/member-fact.js'
import type { MemberChange } from './member-changes.rules.js'
import type { RosterPerson } from './roster-person.js'

interface ChangedFact {
  kind: MemberFactKind
  value: string
  fromOn: string
  untilOn?: string
}

/**
 * The dated facts that the changes of a row state. A roster says what is so today; since when, it says of the category
 * only, by the days of joining and of becoming a full member.
 */
export function changedFacts(
  changes: readonly MemberChange[],
  person: RosterPerson,
  unitId: string,
  today: string,
): ChangedFact[] {
  const touched = new Set(changes.map(({ field }) => field))
  return [
    ...(touched.has('unitId') ? [{ kind: 'unit' as const, value: unitId, fromOn: today }] : []),
    ...(touched.has('standing') && person.standing
      ? [{ kind: 'standing' as const, value: person.standing, fromOn: today }]
      : []),
    ...(touched.has('category') || touched.has('joinedOn') || touched.has('regularizedOn')
      ? categoryOf(person, touched.has('category') ? today : person.joinedOn)
      : []),
  ]
}

function categoryOf({ category, joinedOn, regularizedOn }: RosterPerson, otherwise: string): ChangedFact[] {
  if (category !== 'formal' || regularizedOn === null || regularizedOn <= joinedOn) {
    return [{ kind: 'category', value: category, fromOn: otherwise }]
  }
  return [
    { kind: 'category', value: 'probationary', fromOn: joinedOn, untilOn: regularizedOn },
    { kind: 'category', value: 'formal', fromOn: regularizedOn },
  ]
}
