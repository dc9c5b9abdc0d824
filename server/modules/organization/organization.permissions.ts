import type { PermissionRules } from '../../platform/access/permissions.js'

export const organizationPermissions = {
  'binding.claim': { allows: '申请把自己的微信号与花名册上的自己绑定', heldBy: 'account' },
  'branch.view': {
    allows: '查看自己所在支部的情况，以及谁看过自己的完整号码，申请不作组织生活要求',
    heldBy: 'member',
  },
  'dues.pay': { allows: '查看自己的党费账单并缴费', heldBy: 'member' },

  'unit.read': {
    allows: '查看党组织和党费缴纳规则',
    roles: ['secretary', 'dues-officer', 'administrator', 'superior'],
  },
  'unit.manage': { allows: '新建党组织，修改党费缴纳规则', roles: ['dues-officer'] },
  'unit.post': {
    allows: '登记、更正和撤回班子任职；书记、副书记由上级党组织登记',
    roles: ['secretary', 'dues-officer', 'administrator'],
  },
  'member.read': {
    allows: '查看党员名单和资料（号码只显示一部分）',
    roles: ['secretary', 'dues-officer', 'administrator', 'superior'],
  },
  'member.disclose': {
    allows: '写明理由后查看党员的完整号码和住址，每次都留下记录，本人看得到',
    roles: ['secretary'],
  },
  'member.record': {
    allows: '登记党员的变动：转接、转正、去世、退党、停止和恢复党籍、不作要求，和更正登记',
    roles: ['secretary', 'dues-officer'],
  },
  'role.manage': {
    allows: '查看所辖党组织的工作角色，申请授予、收回，决定别人的申请',
    roles: ['administrator'],
  },
  'member.phone': {
    allows: '更换党员的手机号；已绑定党员的手机号要由另一位有此职责的人确认',
    roles: ['secretary', 'dues-officer', 'administrator'],
  },
  'disclosure.review': {
    allows: '查看下级一小时内查看完整号码超过 30 次的情况，写明处理意见',
    roles: ['secretary', 'dues-officer', 'administrator'],
  },
  'approval.decide': {
    allows: '决定别人提出的申请；哪些申请，看各项工作自己的权限',
    roles: ['secretary', 'dues-officer', 'administrator'],
  },
  'roster.import': { allows: '导入花名册', roles: ['dues-officer'] },
  // A secretary's own binding is confirmed by the unit above.
  'binding.decide': { allows: '确认、驳回和解除党员的绑定', roles: ['secretary', 'dues-officer'] },
  'dues.read': {
    allows: '查看党费台账和核定记录',
    roles: ['secretary', 'dues-officer', 'superior'],
  },
  'dues.export': { allows: '导出和打印党费台账', roles: ['secretary', 'dues-officer'] },
  'dues.assess': { allows: '核定党员的党费', roles: ['dues-officer'] },
  'dues.generate': { allows: '生成每月的党费账单', roles: ['dues-officer'] },
} as const satisfies PermissionRules

declare module '../../platform/access/permissions.js' {
  interface PermissionTables {
    organization: typeof organizationPermissions
  }
}
