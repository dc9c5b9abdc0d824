import type { RoleWords } from '../platform/access/permissions.js'

/** The roles of the Party that are granted over a unit and cover what stands below it. */
export const partyRoles = {
  secretary: {
    name: '支部书记',
    describes: '负责一个党支部：了解本支部党员和党费缴纳情况，确认本支部党员的绑定',
  },
  'dues-officer': { name: '党费管理员', describes: '受党委委托：办理所辖党组织的花名册、党费核定和账单' },
  administrator: {
    name: '党组织管理员',
    describes: '受党组织委托：授予和收回所辖党组织的工作角色，确认手机号变更',
  },
  superior: { name: '上级领导', describes: '了解所辖党组织的情况：只看，不改' },
} as const satisfies Record<string, RoleWords>

declare module '../platform/access/permissions.js' {
  interface RoleTables {
    party: typeof partyRoles
  }
}
