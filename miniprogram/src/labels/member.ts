import type { TextSize } from '../../../server/contracts/platform/preferences.js'
import type { BindingState } from '../../../server/contracts/organization/binding.js'
import type {
  MemberCategory,
  MemberStanding,
  Sex,
} from '../../../server/contracts/organization/member-fact.js'
import type { StateLabel } from './tone'

export const CATEGORIES: Record<MemberCategory, string> = {
  formal: '正式党员',
  probationary: '预备党员',
}

export const SEXES: Record<Sex, string> = { male: '男', female: '女' }

/** 党籍状态, as stored in the roster. */
export const STANDINGS: Record<MemberStanding, string> = { normal: '正常', suspended: '停止党籍' }

export const BINDING_STATES: Record<BindingState, StateLabel> = {
  'name-needed': { word: '待补姓名', tone: 'warning', icon: 'edit' },
  pending: { word: '待确认', tone: 'warning', icon: 'clock-o' },
  confirmed: { word: '已确认', tone: 'success', icon: 'passed' },
  rejected: { word: '未通过', tone: 'danger', icon: 'close' },
  undone: { word: '已撤销', tone: 'plain', icon: 'revoke' },
  refused: { word: '重复申请', tone: 'danger', icon: 'warning-o' },
}

export const TEXT_SIZES: Record<TextSize, string> = {
  standard: '标准',
  large: '大字',
  elder: '长辈版',
}
