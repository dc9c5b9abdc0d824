import { Grant } from '../../../server/platform/access/grant.entity.js'
import { Accounts } from '../../../server/platform/auth/accounts.js'
import { AccountPin } from '../../../server/platform/pin/account-pin.entity.js'
import { Pins } from '../../../server/platform/pin/pins.js'
import { NOON, OPENIDS, openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { problemIn } from '../binding/claims.js'

const PIN = '428193'
const MINUTE_MS = 60_000

describe('a PIN confirms the gravest steps', () => {
  let village: Village
  let li: Caller
  let accountId: string
  let pins: Pins

  beforeEach(async () => {
    village = await openVillage()
    li = await village.as('li')
    accountId = await village.world.app.get(Accounts).forOpenid(OPENIDS.li, null)
    pins = village.world.app.get(Pins)
  })
  afterEach(() => village.world.close())

  const tried = async (pin: string | undefined): Promise<string> => {
    try {
      await pins.check(accountId, pin)
      return 'right'
    } catch (error) {
      return (error as Error).message
    }
  }
  const choose = (pin: string, oldPin?: string) => li.put('/me/pin', { pin, ...(oldPin ? { oldPin } : {}) })

  it('whoever holds a role sets it; the first needs nothing more, another the old one', async () => {
    expect((await li.get('/me/pin').expect(200)).body).toEqual({ mayHave: true, isSet: false })
    expect(problemIn(await choose('123456').expect(400)).message).toContain('连续的数字')
    expect((await choose(PIN).expect(200)).body).toEqual({ mayHave: true, isSet: true })
    expect(problemIn(await choose('902746').expect(403)).code).toBe('pin.needed')
    expect(problemIn(await choose('902746', '111222').expect(403)).message).toBe(
      '操作密码不对，还可以试 4 次。',
    )
    await choose('902746', PIN).expect(200)
    expect(await tried('902746')).toBe('right')
    const [row] = await village.world.database.repository(AccountPin).find()
    expect(row?.hash).toMatch(/^\$argon2id\$/)
    const chen = await village.as('chen')
    expect(problemIn(await chen.put('/me/pin', { pin: PIN }).expect(409)).code).toBe('pin.no-role')
  })

  it('five wrong tries lock it for a quarter of an hour, whichever process they reach', async () => {
    await choose(PIN).expect(200)
    const answers = []
    for (let count = 0; count < 5; count++) answers.push(await tried('000001'))
    expect(answers.slice(0, 4)).toEqual([4, 3, 2, 1].map((left) => `操作密码不对，还可以试 ${left} 次。`))
    expect(answers[4]).toContain('请 15 分钟后再试')
    expect(await tried(PIN)).toContain('请 15 分钟后再试')
    village.world.turnClockTo(new Date(NOON.getTime() + 15 * MINUTE_MS))
    expect(await tried(PIN)).toBe('right')
    expect(await tried('000001')).toContain('还可以试 4 次')
  })

  it('tries at the same instant count too', async () => {
    await choose(PIN).expect(200)
    const answers = await Promise.all(Array.from({ length: 12 }, () => tried('000001')))
    expect(answers.filter((answer) => answer.includes('还可以试') || answer.includes('再试'))).toHaveLength(
      12,
    )
    expect(await tried(PIN)).toContain('分钟后再试')
  })

  it('another person who manages roles clears it, and not their own', async () => {
    await choose(PIN).expect(200)
    const { county, database } = village.world
    await county.grant(await county.account('o-administrator-wang-00'), 'administrator', village.committee)
    await village.world.person('o-administrator-wang-00')
    const other = await village.world.signIn('o-administrator-wang-00')
    const grants = await database.repository(Grant).find()
    const idOf = (account: string) => grants.find((grant) => grant.accountId === account)?.id ?? ''
    await other.post(`/roles/${idOf(accountId)}/pin-clearing`).expect(204)
    expect((await li.get('/me/pin').expect(200)).body).toEqual({ mayHave: true, isSet: false })
    await other.post(`/roles/${idOf(accountId)}/pin-clearing`).expect(409)
    const own = grants.find(({ role }) => role === 'administrator')?.id ?? ''
    expect(problemIn(await other.post(`/roles/${own}/pin-clearing`).expect(409)).code).toBe(
      'access.about-yourself',
    )
    await li.post(`/roles/${own}/pin-clearing`).expect(403)
  })
})
