import { organizationPermissions } from './modules/organization/organization.permissions.js'
import { partyRoles } from './modules/roles.js'
import { PermissionTable } from './platform/access/permission-table.js'
import { authPermissions } from './platform/auth/auth.permissions.js'

/** Who may do what, of every module. `docs/permissions.md` is printed from it. */
export const permissions = new PermissionTable(
  { party: partyRoles },
  { auth: authPermissions, organization: organizationPermissions },
)
