import type { BillState, DuesClass } from '../../../server/contracts/organization/dues.js'
import type { Rounding } from '../../../server/contracts/organization/dues-policy.js'
import type { StateLabel } from './tone'

export const BILL_STATES: Record<BillState, StateLabel> = {
  unpaid: { word: '未缴', tone: 'warning', icon: 'clock-o' },
  paid: { word: '已缴', tone: 'success', icon: 'passed' },
  waived: { word: '免缴', tone: 'plain', icon: 'certificate' },
  refunded: { word: '已退', tone: 'plain', icon: 'revoke' },
}

/** How computed dues are rounded. */
export const ROUNDINGS: Record<Rounding, string> = {
  fen: '四舍五入到分',
  jiao: '四舍五入到角',
}

export const DUES_CLASSES: Record<DuesClass, string> = {
  wage: '按月领工资',
  'annual-salary': '实行年薪制',
  irregular: '收入不固定',
  retired: '离退休',
  farmer: '农民',
  student: '学生',
  'laid-off': '下岗失业',
  relief: '领取抚恤、救济或低保',
}

/** The name of the assessment base on the form; null for classes with a fixed amount, which have no base. */
export const DUES_BASES: Record<DuesClass, string | null> = {
  wage: '每月工资收入',
  'annual-salary': '当月实际领取的薪酬',
  irregular: '上季度月平均纯收入',
  retired: '每月离退休费',
  farmer: null,
  student: null,
  'laid-off': null,
  relief: null,
}
