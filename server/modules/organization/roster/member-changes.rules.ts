import type { DuesClass } from '../../../contracts/organization/dues.js'
import type { ImportRowChange } from '../../../contracts/organization/roster-import.js'
import { maskAddress, maskPhone } from '../../../platform/crypto/masking.js'
import { CLASS_RULES, isComputed, yuan } from '../dues/rules.js'
import type { MemberRecord } from '../members/index.js'
import { educationName, nationalityName } from '../members/rules.js'
import type { RosterPerson } from './roster-row.rules.js'

/** A member as stored, with what the comparison needs besides the row itself. */
export interface StoredMember {
  member: MemberRecord
  unitName: string
  /** Class and base by which the member pays now: of the open assessment, else of the roster. */
  duesClass: DuesClass
  baseFen: number | null
}

const yesNo = (value: boolean) => (value ? '是' : '否')
const NONE = '（空）'
const base = (fen: number | null) => (fen === null ? NONE : `${yuan(fen)} 元`)
const inWords = (duesClass: DuesClass) => CLASS_RULES[duesClass].inWords
const STANDING: Record<string, string> = { normal: '正常', suspended: '停止党籍' }
const standing = (code: string) => STANDING[code] ?? code

export type ChangedField =
  | 'name'
  | 'nationality'
  | 'education'
  | 'category'
  | 'unitId'
  | 'joinedOn'
  | 'regularizedOn'
  | 'post'
  | 'phone'
  | 'address'
  | 'standing'
  | 'lostContact'
  | 'floating'
  | 'duesClass'
  | 'baseFen'

/** A proposed change as it is shown, and what exactly it was made from: what is shown may be masked. */
export interface MemberChange extends ImportRowChange {
  field: ChangedField
  /** The value that was stored when the change was proposed. */
  from: string | number | boolean | null
}

/**
 * What a row of the file would change, field by field. An empty cell changes nothing: units leave out what they do
 * not keep, and a blank is no news.
 */
export function changesOf(
  stored: StoredMember,
  person: RosterPerson,
  unitId: string,
  unitName: string,
): MemberChange[] {
  const { member } = stored
  const changes: MemberChange[] = []
  const compare = <T extends MemberChange['from']>(
    field: ChangedField,
    heading: string,
    before: T,
    after: T,
    show: (value: T) => string,
  ) => {
    if (before === after) return
    changes.push({ field, heading, from: before, before: show(before), after: show(after) })
  }
  const compareGiven = <T extends MemberChange['from']>(
    field: ChangedField,
    heading: string,
    before: T | null,
    after: T | null,
    show: (value: T) => string = String,
  ) => {
    if (after === null) return
    compare(field, heading, before, after, (value) => (value === null ? NONE : show(value)))
  }
  compare('name', '姓名', member.name, person.name, String)
  compare('nationality', '民族', member.nationality, person.nationality, nationalityName)
  compare('education', '学历', member.education, person.education, educationName)
  compare('category', '人员类别', member.category, person.category, (value) =>
    value === 'formal' ? '正式党员' : '预备党员',
  )
  compare('unitId', '所在党支部', member.unitId, unitId, (value) =>
    value === unitId ? unitName : stored.unitName,
  )
  compare('joinedOn', '入党日期', member.joinedOn, person.joinedOn, String)
  compareGiven('regularizedOn', '转正日期', member.regularizedOn, person.regularizedOn)
  compareGiven('post', '工作岗位', member.post, person.post)
  // Full numbers are read through a disclosure alone, which is recorded; here it is enough to know one's own.
  compareGiven('phone', '联系电话', member.phone, person.phone, maskPhone)
  compareGiven('address', '家庭住址', member.address, person.address, maskAddress)
  compareGiven('standing', '党籍状态', member.standing, person.standing, standing)
  compareGiven('lostContact', '是否失联党员', member.lostContact, person.lostContact, yesNo)
  compareGiven('floating', '是否流动党员', member.floating, person.floating, yesNo)
  compare('duesClass', '党费类别', stored.duesClass, person.duesClass, inWords)
  if (isComputed(person.duesClass) && person.baseFen !== null) {
    compare('baseFen', '计算基数', stored.baseFen, person.baseFen, base)
  }
  return changes
}

/** A change of branch is a transfer of the organizational relation: it is proposed, but an officer ticks it by hand. */
export const isTickedAtFirst = (changes: readonly MemberChange[]): boolean =>
  changes.length > 0 && !changes.some(({ field }) => field === 'unitId')

/** Whether two lists of changes, of one row at two times, start from the same values and touch the same fields. */
export const areSameChanges = (one: readonly MemberChange[], other: readonly MemberChange[]): boolean =>
  one.length === other.length &&
  one.every(({ field, from }, index) => other[index]?.field === field && other[index].from === from)

/** The columns of the member that the changes touch, with their new values; the base is no column of the member. */
export function columnsOf(
  changes: readonly MemberChange[],
  person: RosterPerson,
  unitId: string,
): Partial<MemberRecord> {
  const after = { ...person, unitId }
  return Object.fromEntries(
    changes.flatMap(({ field }) => (field === 'baseFen' ? [] : [[field, after[field]]])),
  )
}

/** Whether the row brings a new assessment for the member. */
export const needsAssessment = (
  stored: Pick<StoredMember, 'duesClass' | 'baseFen'>,
  person: RosterPerson,
): boolean => {
  if (isComputed(person.duesClass) && person.baseFen === null) return false
  return (
    stored.duesClass !== person.duesClass ||
    (isComputed(person.duesClass) && stored.baseFen !== person.baseFen)
  )
}
