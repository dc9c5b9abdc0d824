import type { Member } from '../../../server/contracts/home/member-page.js'
import type { MemberFactList } from '../../../server/contracts/organization/member-fact.js'
import { newId } from '../../../server/platform/database/ids.js'
import type { Caller } from '../../support/world.js'
import { refusalIn } from '../bad-input/refusal.js'
import { routes, type NamedRoute } from '../routes/index.js'
import { expectationsOf } from '../routes/stage/expectations.js'
import { RowWatch } from '../routes/stage/row-watch.js'
import type { ChosenOfOneself, Oneself, Scene } from '../routes/stage/scene.js'
import { PIN } from '../routes/stage/with-pin.js'
import { Stage } from '../routes/stage/stage.js'
import { isGranted } from '../routes/stage/table-of-permissions.js'
import { HOLDS, openTwoCounties, type Role, type TwoCounties } from '../routes/stage/two-counties.js'
import { closeConnections } from '../routes/stage/wire-call.js'

/** Each route that decides about a person, with each role that may call it. */
const CALLS = routes
  .filter(({ asOneself }) => asOneself !== undefined)
  .flatMap((route) =>
    expectationsOf(route)
      .filter(({ inside }) => inside < 400)
      .map(({ role }): [string, Role, NamedRoute] => [route.name, role, route]),
  )

describe('nobody decides about themselves', () => {
  let counties: TwoCounties
  let stage: Stage
  let watch: RowWatch

  beforeAll(async () => {
    counties = await openTwoCounties()
    stage = new Stage(counties, 'by others')
    watch = await RowWatch.begin(counties.village.world)
  })
  afterAll(async () => {
    closeConnections()
    await counties.close()
  })

  /** Somebody who holds what the role holds, as a member within its scope or in an office. */
  async function holderOf(role: Role, as: 'member' | 'office'): Promise<Oneself & { caller: Caller }> {
    const { world, committee, dongling } = counties.village
    const openid = `o-${newId()}`
    await world.person(openid)
    const accountId = await world.county.account(openid)
    const member = await world.county.member(dongling, { name: '郭同文' })
    // A role belongs to whoever the account is when it is granted.
    if (as === 'member') await world.county.bind(accountId, member)
    for (const held of HOLDS[role]) {
      if (!isGranted(held)) continue
      await world.county.grant(accountId, held, held === 'secretary' ? dongling : committee)
    }
    const caller = await world.signIn(openid)
    // Some routes ask for it, and it is not the obstacle that is looked for here.
    await caller.put('/me/pin', { pin: PIN }).expect(200)
    return { accountId, memberId: member.id, caller }
  }

  it('there are routes that decide about a person, and each is called by all who may call it', () => {
    expect(CALLS.length).toBeGreaterThan(9)
  })

  it.each(CALLS)('%s by a %s about oneself is refused and writes nothing', async (_, role, route) => {
    const person = await holderOf(role, 'member')
    const call = await stage.prepare(aboutOneself(route, person), role, 'inside')
    const by = ({ token }: Caller) => ({
      ...call,
      headers: { ...call.headers, authorization: `Bearer ${token}` },
    })
    await watch.forget()
    const refused = refusalIn(await stage.send(route, by(person.caller)))
    expect(refused).toMatchObject({ status: 409, code: 'access.about-yourself' })
    expect(refused.message).toMatch(/^不能办理自己的.+，请由上级或另一位管理员办理。$/)
    expect(await watch.changes()).toEqual([])
    // The same call by somebody else who may make it: nothing but the person was the obstacle.
    const { status } = await stage.send(route, by((await holderOf(role, 'office')).caller))
    expect(status).toBeLessThan(300)
  })

  it('their own page offers none of it', async () => {
    for (const role of ['secretary', 'officer'] as const) {
      const { caller, memberId } = await holderOf(role, 'member')
      const { body: own } = await caller.get(`/members/${memberId}`).expect(200)
      expect((own as Member).can).toMatchObject({ record: false, assess: false })
      const { body: facts } = await caller.get(`/members/${memberId}/facts`).expect(200)
      const { items } = facts as MemberFactList
      expect(items.length).toBeGreaterThan(0)
      expect(items.filter(({ can }) => can.withdraw)).toEqual([])
    }
  })

  it('whoever is the person and holds no role is told what everybody is told', async () => {
    const { callers, village } = counties
    await callers.member.post(`/members/${village.members.chen.id}/assessments`, {}).expect(403)
  })
})

/** The description, with the ids and fields of a call about this person. */
function aboutOneself(route: NamedRoute, oneself: Oneself): NamedRoute {
  const { path = {}, body = {} } = route.asOneself ?? {}
  const bound = (choose: ChosenOfOneself) => (scene: Scene) => choose(scene, oneself)
  const own = Object.fromEntries(Object.entries(path).map(([name, choose]) => [name, bound(choose)]))
  const fields = Object.entries(route.body ?? {}).map(([name, field]) => {
    if (!(name in body)) return [name, field]
    const choose = body[name]
    return [name, { ...field, value: choose && bound(choose) }]
  })
  return {
    ...route,
    path: { ...route.path, ...own },
    ...(route.body ? { body: Object.fromEntries(fields) as NamedRoute['body'] & object } : {}),
  }
}
