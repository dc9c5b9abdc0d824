import type { ApprovalState } from '../../../server/contracts/platform/approval.js'
import type { TextSize } from '../../../server/contracts/platform/preferences.js'
import type { BindingState } from '../../../server/contracts/organization/binding.js'
import type {
  Art23,
  MemberCategory,
  MemberFactKind,
  MemberRights,
  MemberStanding,
  Sex,
} from '../../../server/contracts/organization/member-fact.js'
import type { StateLabel } from './tone'

export const CATEGORIES: Record<MemberCategory, string> = {
  formal: '正式党员',
  probationary: '预备党员',
}

export const SEXES: Record<Sex, string> = { male: '男', female: '女' }

/** 党籍状态 */
export const STANDINGS: Record<MemberStanding, string> = {
  normal: '正常',
  suspended: '停止党籍',
  died: '去世',
  left: '退党',
  removed: '除名',
  'transferred-out': '转出',
}

/** 党员权利 */
export const RIGHTS: Record<MemberRights, string> = {
  full: '有表决权、选举权和被选举权',
  'vote-only': '有表决权和选举权，没有被选举权',
  none: '没有表决权、选举权和被选举权',
}

/** 《中国共产党党员教育管理工作条例》第二十三条 */
export const ART_23: Record<Art23, string> = {
  none: '照常参加组织生活和学习',
  'by-branch': '年老体弱等，不作要求（支部认定）',
  'by-request': '年老体弱等，不作要求（本人申请）',
}

/** Kinds of dated facts, in the order in which they are offered. */
export const FACT_KINDS: Record<MemberFactKind, string> = {
  unit: '所在支部',
  category: '人员类别',
  standing: '党籍状态',
  rights: '党员权利',
  'art-23': '组织生活要求',
}

/** The values of a kind; a unit is looked up instead. */
export const FACT_VALUES: Partial<Record<MemberFactKind, Record<string, string>>> = {
  category: CATEGORIES,
  standing: STANDINGS,
  rights: RIGHTS,
  'art-23': ART_23,
}

/** What became of a request that others decide. */
export const APPROVAL_STATES: Record<ApprovalState, string> = {
  waiting: '等支部答复',
  approved: '已同意',
  refused: '没有同意',
  withdrawn: '已撤回',
  lapsed: '过期没有答复，可以再提',
}

/** Titles of posts that are offered; others can be typed. */
export const POST_TITLES = [
  '书记',
  '第一书记',
  '副书记',
  '组织委员',
  '宣传委员',
  '纪检委员',
  '青年委员',
  '妇女委员',
  '统战委员',
  '群工委员',
  '委员',
  '党小组长',
]

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
