import { Accounts } from '../../../server/platform/auth/accounts.js'
import { BillRecord } from '../../../server/modules/organization/dues/bill.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { Pins } from '../../../server/platform/pin/pins.js'
import { OPENIDS } from '../../support/village.js'
import { choice, id, month, optional, text } from './fields.js'
import type { RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'
import { CAST } from './stage/two-counties.js'
import { unit } from './units.js'

/** A month that nothing else reads. */
const LARGE_MONTH = '2025-03'
const PIN = '428193'

/** Gives the caller a PIN. @returns it */
export async function ownPin({ counties, role }: Scene): Promise<string> {
  if (role === 'nobody') return PIN
  const { app } = counties.village.world
  const accountId = await app.get(Accounts).forOpenid(OPENIDS[CAST[role]], null)
  const grants = [{ role: 'secretary' as const, nodeId: '', path: '/', officeId: null }]
  const actor = { accountId, sessionId: '', openid: '', membership: null, grants }
  if (!(await app.get(Pins).stateOf(actor)).isSet) await app.get(Pins).choose(actor, { pin: PIN })
  return PIN
}

/** A branch with more bills in a month than one person may take away, and nothing that waits for a decision. */
async function largeLedger({ counties }: Scene): Promise<void> {
  const { world, dongling, members } = counties.village
  const bills = world.database.repository(BillRecord)
  if (!(await bills.existsBy({ month: LARGE_MONTH }))) {
    const bill = (): BillRecord => ({
      id: newId(),
      memberId: members.wang.id,
      unitId: dongling.id,
      month: LARGE_MONTH,
      duesClass: 'farmer',
      baseFen: null,
      rateBasisPoints: null,
      rounding: 'fen',
      amountFen: 20,
      state: 'unpaid',
      createdAt: new Date('2025-03-01T00:00:00Z'),
      paidAt: null,
      tradeNo: null,
    })
    await bills.insert(Array.from({ length: 51 }, bill))
  }
  await world.database.execute(
    `UPDATE approval_request SET state = 'withdrawn', openKey = NULL WHERE kind = 'dues.export' AND state = 'waiting'`,
  )
}

export const fullExports: RouteDescription[] = [
  {
    route: 'GET /api/v1/dues-exports',
    permission: 'dues.export',
    answers: { secretary: 200, officer: 200 },
    about: 'self',
    list: 'figures only',
  },
  {
    route: 'POST /api/v1/dues-exports',
    permission: 'dues.export',
    answers: { secretary: '201/404', officer: '201/404' },
    about: 'scope',
    before: largeLedger,
    headers: { 'x-zhibu-pin': ownPin },
    body: {
      month: month(LARGE_MONTH),
      unitId: optional(id(unit)),
      form: choice('workbook'),
      reason: text('存档'),
    },
    writes: ['approval_request'],
    writesSometimes: { account_pin: 'the tries are counted' },
    writesRefused: { account_pin: 'the tries are counted' },
    repeated: { underKey: true, another: { form: () => 'document' } },
  },
]
