import { UnitRecord } from '../../../server/modules/organization/units/unit.entity.js'
import type { BuiltMember } from '../../../server/seeds/organization/county-builder.js'
import { World, type Caller } from '../../support/world.js'
import { buildServer } from '../process/built-server.js'
import { Operator } from './operator.js'

const COMMITTEE = '中共云溪县委员会'
const OFFICER = 'o-zhou-min-00000000000000000'
const SECRETARY = 'o-li-jianguo-000000000000000'
const DOCUMENT = '云组发〔2026〕1号'
const PIN = '482915'

/** Building takes its time on a small machine, and each command starts a process. */
jest.setTimeout(180_000)

describe('the operator founds an installation, and does what nobody in the app may do', () => {
  let world: World
  let operator: Operator
  let secretary: BuiltMember

  beforeAll(async () => {
    buildServer()
    world = await World.open()
    operator = new Operator(world)
    await world.person(OFFICER)
  })
  afterAll(() => world.close())

  const founding = () => ({
    committee: COMMITTEE,
    mchid: world.wechat.credentials().mchid,
    'officer-openid': OFFICER,
    'officer-name': '周敏',
    office: '党费管理岗',
    document: DOCUMENT,
  })
  const rolesListed = async () =>
    (await operator.run('roles')).out
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2}/))
  const roleOf = async (name: string, role: string): Promise<string> => {
    const line = (await rolesListed()).find(
      ([, who, what]) => who?.startsWith(name) && what?.startsWith(role),
    )
    return line?.[0] ?? ''
  }
  const setPin = (person: Caller) => person.put('/me/pin', { pin: PIN }).expect(200)
  const hasPin = async (person: Caller): Promise<boolean> =>
    ((await person.get('/me/pin').expect(200)).body as { isSet: boolean }).isSet

  it('found asks for everything that it writes', async () => {
    const { document: _, ...incomplete } = founding()
    const { code, complaint } = await operator.run('found', incomplete)
    expect([code, complaint]).toEqual([1, expect.stringContaining('--document 任命文件')])
    expect(await world.database.query('SELECT id FROM unit')).toEqual([])
  })

  it('it makes the unit, its merchant account, and an office with a name and both roles', async () => {
    const { code, out } = await operator.run('found', founding())
    expect([code, out]).toEqual([0, expect.stringContaining(`已建立“${COMMITTEE}”`)])
    const [unit] = await world.database.query<{ id: string; kind: string; name: string }>(
      'SELECT id, kind, name FROM unit',
    )
    expect(unit).toMatchObject({ kind: 'committee', name: COMMITTEE })
    expect(await world.database.query('SELECT nodeId, mchid, mode FROM merchant_account')).toEqual([
      { nodeId: unit?.id, mchid: founding().mchid, mode: 'direct' },
    ])
    expect(await world.database.query('SELECT title, personName, document FROM office')).toEqual([
      { title: '党费管理岗', personName: '周敏', document: DOCUMENT },
    ])
    expect((await rolesListed()).map(([, who, what]) => [who, what]).sort()).toEqual([
      [`周敏（${COMMITTEE}党费管理岗）`, `党组织管理员，${COMMITTEE}`],
      [`周敏（${COMMITTEE}党费管理岗）`, `党费管理员，${COMMITTEE}`],
    ])
    const officer = await world.signIn(OFFICER)
    await officer.get('/members').expect(200)
    await officer.get('/roles').expect(200)
  })

  it('it does so once', async () => {
    const { code, complaint } = await operator.run('found', founding())
    expect([code, complaint]).toEqual([1, expect.stringContaining('已经有党组织了')])
  })

  it('grant gives a role to who is bound, on a document, and not twice', async () => {
    const committee = await world.database.repository(UnitRecord).findOneByOrFail({ name: COMMITTEE })
    const branch = await world.county.unit('branch', '东岭村党支部', committee)
    secretary = await world.county.member(branch, { name: '李建国', phone: '19990000002' })
    const role = { role: 'secretary', unit: branch.name, phone: '19990000002', document: DOCUMENT }
    expect((await operator.run('grant', role)).complaint).toContain('绑定好的党员有 0 名')

    await world.person(SECRETARY)
    await world.county.bind(await world.county.account(SECRETARY), secretary)
    expect((await operator.run('grant', role)).code).toBe(0)
    expect((await operator.run('grant', role)).complaint).toContain('已经有“支部书记”这个角色')
    expect(
      await world.database.query(
        `SELECT holderKind, holderId, document FROM access_grant WHERE role = 'secretary'`,
      ),
    ).toEqual([{ holderKind: 'member', holderId: secretary.id, document: DOCUMENT }])
    await (await world.signIn(SECRETARY)).get('/members').expect(200)
  })

  it('approve lists what nobody in the app may decide, and decides it on a document', async () => {
    // Nobody but the secretary and the officer may change telephones, and one of both is who it is about.
    const officer = await world.signIn(OFFICER)
    const { body } = await officer
      .post(`/members/${secretary.id}/phone-changes`, { phone: '19990000012', reason: '换了号码' })
      .expect(201)
    expect(body).toMatchObject({ state: 'waiting' })
    const { out } = await operator.run('approve')
    expect(out).toMatch(/member\.phone {2}周敏.*共 1 项/)
    const [request = ''] = out.split('  ')
    expect((await operator.run('approve', { request, document: DOCUMENT })).out).toBe('已批准。\n')
    expect((await operator.run('approve')).out).toContain('没有需要系统管理员决定的申请')
    const { body: member } = await officer.get(`/members/${secretary.id}`).expect(200)
    expect((member as { phone: string }).phone).toMatch(/0012$/)
  })

  it('clear-pin takes a forgotten PIN away, by the telephone of a member or by a role of an office', async () => {
    const [li, zhou] = [await world.signIn(SECRETARY), await world.signIn(OFFICER)]
    for (const person of [li, zhou]) await setPin(person)
    expect((await operator.run('clear-pin', { phone: '19990000012' })).complaint).toContain('用法')
    expect(await hasPin(li)).toBe(true)
    const byPhone = { phone: '19990000012', document: DOCUMENT }
    expect((await operator.run('clear-pin', byPhone)).out).toContain('已清除')
    expect([await hasPin(li), await hasPin(zhou)]).toEqual([false, true])
    expect((await operator.run('clear-pin', byPhone)).complaint).toContain('没有设置操作密码')
    const byRole = { grant: await roleOf('周敏', '党组织管理员'), document: DOCUMENT }
    expect((await operator.run('clear-pin', byRole)).code).toBe(0)
    expect(await hasPin(zhou)).toBe(false)
    const cleared = await world.database.query<{ data: string }>(
      `SELECT data FROM event WHERE name = 'pin.cleared'`,
    )
    expect(cleared.map(({ data }) => JSON.parse(data) as unknown)).toEqual([
      { document: DOCUMENT },
      { document: DOCUMENT },
    ])
  })

  it('roles ends one with a reason and a document, once', async () => {
    const end = await roleOf('李建国', '支部书记')
    expect((await operator.run('roles', { end, reason: '换届' })).complaint).toContain('用法')
    const ending = { end, reason: '换届', document: DOCUMENT }
    expect((await operator.run('roles', ending)).out).toBe('已收回，5 秒内生效。\n')
    expect((await operator.run('roles', ending)).complaint).toContain('已经结束')
    await (await world.signIn(SECRETARY)).get('/members').expect(403)
  })
})
