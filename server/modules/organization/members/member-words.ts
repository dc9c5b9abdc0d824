import type {
  Art23,
  MemberCategory,
  MemberRights,
  MemberStanding,
  Sex,
} from '../../../contracts/organization/member-fact.js'

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
  died: '去世',
  left: '退党',
  removed: '除名',
  'transferred-out': '转出',
}

export const RIGHTS_WORDS: Readonly<Record<MemberRights, string>> = {
  full: '有表决权、选举权和被选举权',
  'vote-only': '有表决权和选举权，没有被选举权',
  none: '没有表决权、选举权和被选举权',
}

/** 《中国共产党党员教育管理工作条例》第二十三条 */
export const ART_23_WORDS: Readonly<Record<Art23, string>> = {
  none: '照常参加组织生活和学习',
  'by-branch': '年老体弱等，不作要求（支部认定）',
  'by-request': '年老体弱等，不作要求（本人申请）',
}

export const YES = '是'
export const NO = '否'
export const yesOrNo = (value: boolean): string => (value ? YES : NO)
