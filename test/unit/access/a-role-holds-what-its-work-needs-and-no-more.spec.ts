import fc from 'fast-check'
import { maySomewhere, type Actor } from '../../../server/platform/access/actor.js'
import { mayInRole, roles, type Permission, type Role } from '../../../server/platform/access/permissions.js'

const PERSONAL: Permission[] = ['account.use', 'binding.claim', 'branch.view', 'dues.pay']
const READING: Permission[] = ['management.enter', 'unit.read', 'member.read', 'dues.read']
const CHANGING: Permission[] = [
  'binding.decide',
  'dues.assess',
  'dues.generate',
  'dues.export',
  'member.disclose',
  'roster.import',
  'unit.manage',
]
const ALL = [...PERSONAL, ...READING, ...CHANGING]
const GRANTED = roles.filter((role): role is Role => role !== 'account' && role !== 'member')

const actor = (more: Partial<Actor> = {}): Actor => ({
  accountId: 'A',
  sessionId: 'S',
  openid: 'o',
  membership: null,
  grants: [],
  ...more,
})
const holding = (...held: Role[]) =>
  actor({ grants: held.map((role) => ({ role, nodeId: 'N', path: '/N/' })) })
const permissionsOf = (who: Actor) => ALL.filter((permission) => maySomewhere(who, permission))

describe('a role holds what its work needs and no more', () => {
  it('whoever has only signed in may use their account and claim a membership', () => {
    expect(permissionsOf(actor())).toEqual(['account.use', 'binding.claim'])
  })

  it('a member sees their branch and pays their dues, and manages nothing', () => {
    expect(permissionsOf(actor({ membership: { memberId: 'M', unitId: 'U' } }))).toEqual(PERSONAL)
  })

  it('a leader who only looks holds nothing that changes, exports or uncovers', () => {
    const held = permissionsOf(holding('superior'))
    expect(held).toEqual(expect.arrayContaining(READING))
    expect(held.filter((permission) => CHANGING.includes(permission))).toEqual([])
  })

  it.each(GRANTED)('being %s makes nobody a member, and gives no rights over what is personal', (role) => {
    expect(maySomewhere(holding(role), 'dues.pay')).toBe(false)
    expect(maySomewhere(holding(role), 'branch.view')).toBe(false)
    for (const permission of PERSONAL) expect(mayInRole(role, permission)).toBe(false)
  })

  it.each(GRANTED)('whoever works as %s finds the tab for it', (role) => {
    expect(mayInRole(role, 'management.enter')).toBe(true)
  })

  it('full numbers are read by the secretary alone', () => {
    expect(GRANTED.filter((role) => mayInRole(role, 'member.disclose'))).toEqual(['secretary'])
  })

  it('a secretary sets no amounts and makes no bills for the branch they collect from', () => {
    for (const permission of ['dues.assess', 'dues.generate', 'roster.import', 'unit.manage'] as const) {
      expect(mayInRole('secretary', permission)).toBe(false)
    }
  })

  it('another grant never takes anything away, and grants add up to nothing new', () => {
    const grants = fc.array(fc.constantFrom(...GRANTED), { maxLength: 4 })
    fc.assert(
      fc.property(grants, grants, fc.constantFrom(...ALL), (some, more, permission) => {
        const both = maySomewhere(holding(...some, ...more), permission)
        expect(both).toBe(
          maySomewhere(holding(...some), permission) || maySomewhere(holding(...more), permission),
        )
      }),
    )
  })
})
