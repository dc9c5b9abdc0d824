import type { Sex } from './id-number.rules.js'

/** Chinese words for the codes in a member's file, for showing and for reading. */

export const SEX_WORDS: Readonly<Record<Sex, string>> = { male: '男', female: '女' }

/** 人员类别 */
export const CATEGORY_WORDS = { formal: '正式党员', probationary: '预备党员' } as const
export type MemberCategory = keyof typeof CATEGORY_WORDS

/** 党籍状态 */
export const STANDING_WORDS = { normal: '正常', suspended: '停止党籍' } as const
export type MemberStanding = keyof typeof STANDING_WORDS

export const YES = '是'
export const NO = '否'
export const yesOrNo = (value: boolean): string => (value ? YES : NO)
