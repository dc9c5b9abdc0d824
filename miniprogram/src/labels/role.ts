import type { PartyRole } from '../../../server/contracts/organization/role.js'

/** Roles as they are offered, with what their holder does. */
export const ROLES: Record<PartyRole, { word: string; does: string }> = {
  secretary: { word: '支部书记', does: '了解支部党员和党费，确认绑定' },
  'dues-officer': { word: '党费管理员', does: '导入花名册，核定党费，生成账单' },
  administrator: { word: '党组织管理员', does: '授予和收回角色，确认手机号变更' },
  superior: { word: '上级领导', does: '只看，不改' },
}
