import type { Permission, Role, ScopedPermission } from '../../../server/platform/access/permissions.js'

/** Only `npm run check` looks at this file: what follows `@ts-expect-error` must not compile. */
export const held: ScopedPermission = 'dues.assess'

// @ts-expect-error: no table has this permission
export const permissionWithASlip: Permission = 'dues.asess'

// @ts-expect-error: no table has this role
export const roleWithASlip: Role = 'secretery'

// @ts-expect-error: a permission over what is one's own is not held over a unit
export const ownPermission: ScopedPermission = 'dues.pay'
