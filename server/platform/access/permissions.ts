/**
 * Who may do what: the whole of it, on one page. A role is granted over a unit and covers what stands below it;
 * `account` and `member` are not granted: everybody signed in has the first, everybody bound the second, each for
 * what is their own alone.
 */
const TABLE = {
  /** Anybody signed in. */
  account: ['account.use', 'binding.claim'],
  /** A member whose binding the branch confirmed. */
  member: ['branch.view', 'dues.pay'],
  /** 支部书记 */
  secretary: [
    'management.enter',
    'unit.read',
    'member.read',
    'member.disclose',
    'binding.decide',
    'dues.read',
    'dues.export',
  ],
  /** 县委党费管理员 */
  'dues-officer': [
    'management.enter',
    'unit.read',
    'unit.manage',
    'member.read',
    'roster.import',
    // A secretary's own binding is confirmed above them.
    'binding.decide',
    'dues.read',
    'dues.export',
    'dues.assess',
    'dues.generate',
  ],
  /** 上级领导：只看，不改 */
  superior: ['management.enter', 'unit.read', 'member.read', 'dues.read'],
} as const satisfies Record<string, readonly string[]>

export type Role = Exclude<keyof typeof TABLE, 'account' | 'member'>
export type Permission = (typeof TABLE)[keyof typeof TABLE][number]
/** Permissions that are held over a unit. */
export type ScopedPermission = (typeof TABLE)[Role][number]

const permissionsOf: Record<keyof typeof TABLE, readonly string[]> = TABLE

export const mayInRole = (role: keyof typeof TABLE, permission: Permission): boolean =>
  permissionsOf[role].includes(permission)

export const roles = Object.keys(TABLE) as Array<keyof typeof TABLE>
