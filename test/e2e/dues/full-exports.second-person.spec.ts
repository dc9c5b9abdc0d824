import type { Approval, ApprovalPage } from '../../../server/contracts/platform/approval.js'
import type { ReadyExportList } from '../../../server/contracts/organization/dues-export.js'
import { BillRecord } from '../../../server/modules/organization/dues/bill.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { NOON, openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { problemIn } from '../binding/claims.js'

const MONTH = '2026-11'
const PIN = '428193'
const HOUR_MS = 3600_000
const SECOND = 'o-second-officer-0000000'

describe('a ledger with more than 50 people is taken away only when a second person agrees', () => {
  let village: Village
  let zhou: Caller
  let second: Caller

  beforeEach(async () => {
    village = await openVillage()
    const { county } = village.world
    await county.bills(village.committee, MONTH)
    const bills = village.world.database.repository(BillRecord)
    const known = await bills.findOneByOrFail({ memberId: village.members.he.id })
    await bills.insert(Array.from({ length: 45 }, () => ({ ...known, id: newId() })))
    await county.grant(await county.account(SECOND), 'dues-officer', village.committee)
    await village.world.person(SECOND)
    zhou = await village.as('zhou')
    second = await village.world.signIn(SECOND)
    for (const caller of [zhou, second]) await caller.put('/me/pin', { pin: PIN }).expect(200)
  })
  afterEach(() => village.world.close())

  const ask = (caller: Caller, form = 'workbook') =>
    caller.post('/dues-exports', { month: MONTH, form, reason: '交县委存档' }).set('x-zhibu-pin', PIN)
  const take = (caller: Caller, approvalId: string, form = 'workbook') =>
    caller.get(`/dues-ledger/${form}?month=${MONTH}&approvalId=${approvalId}`).set('x-zhibu-pin', PIN)
  const exported = async (): Promise<unknown[]> =>
    (
      await village.world.database.query<{ data: unknown }>(
        `SELECT data FROM event WHERE name = 'dues.ledger-exported' ORDER BY id`,
      )
    ).map(({ data }) => (typeof data === 'string' ? (JSON.parse(data) as unknown) : data))

  it('asked for, approved with a PIN, downloaded for a day, and each download is an event', async () => {
    const refused = problemIn(await zhou.get(`/dues-ledger/workbook?month=${MONTH}`).expect(409))
    expect(refused).toMatchObject({ code: 'dues.export-second-person' })
    expect(refused.message).toContain('请先写明用途提出申请')
    await zhou.get(`/dues-ledger/document?month=${MONTH}`).expect(409)

    const bare = await zhou
      .post('/dues-exports', { month: MONTH, form: 'workbook', reason: '存档' })
      .expect(403)
    expect(problemIn(bare).code).toBe('pin.needed')
    const asked = (await ask(zhou).expect(201)).body as Approval
    expect(asked).toMatchObject({ kind: 'dues.export', state: 'waiting', nobodyElse: false, asksPin: true })
    await take(zhou, asked.id).expect(409)
    expect(problemIn(await ask(zhou).expect(409)).code).toBe('approval.waits-already')

    const waiting = ((await second.get('/approvals').expect(200)).body as ApprovalPage).items
    expect(waiting).toMatchObject([
      {
        title: '导出2026年11月党费台账',
        lines: [
          { label: '党组织', value: '中共云溪县委员会' },
          { label: '文件', value: 'Excel 表' },
          { label: '人数', value: '54 人' },
          { label: '用途', value: '交县委存档' },
        ],
      },
    ])
    expect(problemIn(await second.post(`/approvals/${asked.id}/approval`).expect(403)).code).toBe(
      'pin.needed',
    )
    await second.post(`/approvals/${asked.id}/approval`).set('x-zhibu-pin', PIN).expect(201)

    const ready = (await zhou.get('/dues-exports').expect(200)).body as ReadyExportList
    expect(ready.items).toEqual([
      {
        approvalId: asked.id,
        month: MONTH,
        unitId: null,
        form: 'workbook',
        until: '2026-11-22T04:00:00.000Z',
      },
    ])
    await zhou.get(`/dues-ledger/workbook?month=${MONTH}&approvalId=${asked.id}`).expect(403)
    await take(zhou, asked.id).expect(200)
    await take(zhou, asked.id).expect(200)
    expect(await exported()).toEqual([
      { rows: 54, approvalId: asked.id },
      { rows: 54, approvalId: asked.id },
    ])
    // That file and no other, by who asked and nobody else.
    await take(zhou, asked.id, 'document').expect(409)
    await zhou
      .get(`/dues-ledger/workbook?month=2026-10&approvalId=${asked.id}`)
      .set('x-zhibu-pin', PIN)
      .expect(200)
    await take(second, asked.id).expect(409)
    village.world.turnClockTo(new Date(NOON.getTime() + 24 * HOUR_MS))
    await take(await village.as('zhou'), asked.id).expect(409)
  })

  it('up to 50 people nothing changes', async () => {
    await (await village.as('zhao')).get(`/dues-ledger/workbook?month=${MONTH}`).expect(200)
    const free = await zhou
      .post('/dues-exports', { month: MONTH, unitId: village.hexi.id, form: 'workbook', reason: '存档' })
      .set('x-zhibu-pin', PIN)
      .expect(409)
    expect(problemIn(free).code).toBe('dues.export-free')
  })
})
