import type { Payment } from '../../../server/contracts/platform/payment.js'
import { newId } from '../../../server/platform/database/ids.js'
import type { BuiltMember } from '../../../server/seeds/organization/county-builder.js'
import type { Caller } from '../../support/world.js'
import { ids } from './fields.js'
import { anybody, type RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'
import { MONTH } from './stage/two-counties.js'

const anOrder = {
  account: 404,
  member: '200/404',
  secretary: '200/404',
  officer: 404,
  administrator: 404,
  superior: 404,
} as const

export const payments: RouteDescription[] = [
  {
    route: 'POST /api/v1/payments',
    permission: 'dues.pay',
    answers: { member: '201/404', secretary: '201/404' },
    about: 'self',
    body: { billIds: ids(async (scene: Scene) => [await bill(scene)]) },
    headers: { 'idempotency-key': newId },
    writes: ['payment_order', 'payment_line'],
    repeated: { instead: 'its key is needed, and kept with the order for ever' },
  },
  {
    route: 'GET /api/v1/payments/{tradeNo}',
    permission: 'account.use',
    answers: anOrder,
    about: 'self',
    path: { tradeNo: order },
    writesSometimes: {
      payment_order: 'nobody has paid it, so WeChat has no news of it',
      payment_line: 'nobody has paid it, so WeChat has no news of it',
    },
  },
  {
    route: 'DELETE /api/v1/payments/{tradeNo}',
    permission: 'account.use',
    answers: anOrder,
    about: 'self',
    path: { tradeNo: order },
    writes: ['payment_order', 'payment_line'],
  },
  {
    route: 'POST /api/v1/payment-notifications/{mchid}',
    // Without WeChat's signature. test/e2e/payment tells what becomes of those that have it.
    answers: anybody(401),
    about: 'nobody',
    path: { mchid: ({ counties }) => counties.village.world.wechat.credentials().mchid },
    repeated: { instead: 'WeChat repeats it, and settling twice settles once' },
    withoutJson: true,
    undescribed: 'WeChat Pay alone calls it, and it is answered in WeChat’s own form',
  },
]

/** The bill of a member for the month. */
export const billOf = (member: { id: string }): string => `${member.id}${MONTH.replace('-', '')}`

/** Whoever has a bill of their own; 吕岩, when it shall be somebody else's or the caller owes nothing. */
async function payer({ counties, role, side }: Scene): Promise<[Caller, BuiltMember]> {
  const { village, callers } = counties
  if (side === 'inside' && role === 'member') return [callers.member, village.members.chen]
  if (side === 'inside' && role === 'secretary') return [callers.secretary, village.members.li]
  return [await village.as('lyu'), village.members.lyu]
}

async function bill(scene: Scene): Promise<string> {
  return scene.side === 'nowhere' ? `${newId()}202611` : billOf((await payer(scene))[1])
}

/** The order that is open for the bill. */
async function order(scene: Scene): Promise<string> {
  if (scene.side === 'nowhere') return `D20261121${newId().slice(6)}`
  const [caller, member] = await payer(scene)
  return scene.kept(`order of ${member.id}`, async () => {
    const answer = await caller
      .post('/payments', { billIds: [billOf(member)] })
      .set('idempotency-key', newId())
    return (answer.body as Payment).tradeNo
  })
}
