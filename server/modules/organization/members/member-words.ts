import type { MemberCategory, MemberStanding, Sex } from '../../../contracts/organization/member-fact.js'

/** Chinese words for the codes in a member's file, for showing and for reading. */

export const SEX_WORDS: Readonly<Record<Sex, string>> = { male: '男', female: '女' }

/** 人员类别 */
export const CATEGORY_WORDS: Readonly<Record<MemberCategory, string>> = {
  formal: '正式党员',
  probationary: '预备党员',
}

/** 党籍状态 */
export const STANDING_WORDS: Readonly<Record<MemberStanding, string>> = {
  normal: '正常',
  suspended: '停止党籍',
}

export const YES = '是'
export const NO = '否'
export const yesOrNo = (value: boolean): string => (value ? YES : NO)
