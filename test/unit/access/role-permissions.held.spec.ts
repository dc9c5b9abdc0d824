import fc from 'fast-check'
import type { Actor } from '../../../server/platform/access/actor.js'
import { PermissionTable } from '../../../server/platform/access/permission-table.js'
import type { Permission, Role, ScopedPermission } from '../../../server/platform/access/permissions.js'
import { permissions } from '../../../server/permissions.js'

/** Written by hand, so that a permission is handed to a role on purpose only. */
const HELD: Record<ScopedPermission, Role[]> = {
  'unit.read': ['secretary', 'dues-officer', 'administrator', 'superior'],
  'unit.manage': ['dues-officer'],
  'unit.post': ['secretary', 'dues-officer', 'administrator'],
  'member.read': ['secretary', 'dues-officer', 'administrator', 'superior'],
  'member.disclose': ['secretary'],
  'member.record': ['secretary', 'dues-officer'],
  'role.manage': ['administrator'],
  'member.phone': ['secretary', 'dues-officer', 'administrator'],
  'disclosure.review': ['secretary', 'dues-officer', 'administrator'],
  'approval.decide': ['secretary', 'dues-officer', 'administrator'],
  'roster.import': ['dues-officer'],
  'binding.decide': ['secretary', 'dues-officer'],
  'dues.read': ['secretary', 'dues-officer', 'superior'],
  'dues.export': ['secretary', 'dues-officer'],
  'dues.assess': ['dues-officer'],
  'dues.generate': ['dues-officer'],
}
const OF_EVERYBODY: Permission[] = ['account.use', 'binding.claim']
const OF_MEMBERS: Permission[] = ['branch.view', 'dues.pay']
const PERSONAL = [...OF_EVERYBODY, ...OF_MEMBERS]
const READING: Permission[] = ['unit.read', 'member.read', 'dues.read']
const GRANTED: Role[] = ['secretary', 'dues-officer', 'administrator', 'superior']

const SCOPED = Object.keys(HELD) as ScopedPermission[]
const ALL: Permission[] = [...PERSONAL, ...SCOPED]

const actor = (more: Partial<Actor> = {}): Actor => ({
  accountId: 'A',
  sessionId: 'S',
  openid: 'o',
  membership: null,
  grants: [],
  ...more,
})
const holding = (...held: Role[]) =>
  actor({ grants: held.map((role) => ({ role, nodeId: 'N', path: '/N/', officeId: null })) })
const permissionsOf = (who: Actor) => ALL.filter((permission) => permissions.maySomewhere(who, permission))

describe('a role holds what its work needs and no more', () => {
  it('the tables of the modules name these roles and permissions and no others', () => {
    expect([...permissions.roles.keys()].sort()).toEqual([...GRANTED].sort())
    expect([...permissions.rules.keys()].sort()).toEqual([...ALL].sort())
  })

  it.each(SCOPED)('%s is held by the roles that the page names', (permission) => {
    const holders = GRANTED.filter((role) => permissions.maySomewhere(holding(role), permission))
    expect(holders).toEqual(HELD[permission])
    for (const role of GRANTED) {
      const { grants } = holding(role)
      expect(permissions.grantsWith(holding(role), permission)).toEqual(holders.includes(role) ? grants : [])
    }
  })

  it('whoever has only signed in may use their account and claim a membership', () => {
    expect(permissionsOf(actor())).toEqual(OF_EVERYBODY)
  })

  it('a member sees their branch and pays their dues, and manages nothing', () => {
    expect(permissionsOf(actor({ membership: { memberId: 'M', unitId: 'U' } }))).toEqual(PERSONAL)
  })

  it('a leader who only looks holds nothing that changes, exports or uncovers', () => {
    expect(permissionsOf(holding('superior')).sort()).toEqual([...OF_EVERYBODY, ...READING].sort())
  })

  it.each(GRANTED)('being %s makes nobody a member, and gives no rights over what is personal', (role) => {
    for (const permission of OF_MEMBERS)
      expect(permissions.maySomewhere(holding(role), permission)).toBe(false)
  })

  it('a role or a permission that no table names gives nothing', () => {
    const stranger = holding('accountant' as Role)
    expect(permissionsOf(stranger)).toEqual(OF_EVERYBODY)
    expect(permissions.maySomewhere(holding(...GRANTED), 'dues.forgive' as Permission)).toBe(false)
    expect(permissions.grantsWith(holding(...GRANTED), 'dues.pay' as ScopedPermission)).toEqual([])
  })

  it('two modules that bring the same name are told apart at the start', () => {
    const rules = { 'dues.read': { allows: '看两次', heldBy: 'account' } } as const
    const roles = { party: { secretary: { name: '书记', describes: '两次' } } }
    expect(() => new PermissionTable(roles as never, { some: rules, others: rules } as never)).toThrow(
      'two modules bring the same name: dues.read',
    )
  })

  it('another grant never takes anything away, and grants add up to nothing new', () => {
    const may = (who: Actor, permission: Permission) => permissions.maySomewhere(who, permission)
    const grants = fc.array(fc.constantFrom(...GRANTED), { maxLength: 4 })
    fc.assert(
      fc.property(grants, grants, fc.constantFrom(...ALL), (some, more, permission) => {
        const both = may(holding(...some, ...more), permission)
        expect(both).toBe(may(holding(...some), permission) || may(holding(...more), permission))
      }),
    )
  })
})
