import type { PermissionRules } from '../access/permissions.js'

export const authPermissions = {
  'account.use': {
    allows: '使用自己的账号：首页、设置、登录的设备、自己的缴费订单，撤回同意',
    heldBy: 'account',
  },
} as const satisfies PermissionRules

declare module '../access/permissions.js' {
  interface PermissionTables {
    auth: typeof authPermissions
  }
}
