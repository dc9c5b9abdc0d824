import { mkdirSync } from 'node:fs'
import { DataSource } from 'typeorm'
import { dataSourceOptions } from '../../../server/platform/database/data-source.js'
import { newId } from '../../../server/platform/database/ids.js'
import { addMonths, monthIn } from '../../../server/platform/config/business-time.js'
import { contentHash, openKeyOf } from '../../../server/platform/payment/payment.rules.js'
import { DEMONSTRATION_PEOPLE } from '../../../server/seeds/demonstration-people.js'
import { schema } from '../../../server/schema.js'
import type { MerchantClient } from '../wechat-sandbox/merchant-client.js'

/** Migrations before this one made the tables of the first cut: facts had no days. */
const FACTS_HAVE_DATES = 1795600000000
const ROWS_AT_ONCE = 400

/** More than are given their days in one transaction, so that a process can die between two. */
export const MEMBERS = 22_000
/** Of the members, in the order of their ids: who pays, and who has an assessment. */
export const PAYER = 0
const ASSESSED = 1_000

type Value = string | number | null

/** A database as the first cut left it: members, assessments, bills in every state, and an order that WeChat knows. */
export class FirstCut {
  readonly thisMonth = monthIn(new Date())
  readonly members = Array.from(
    { length: MEMBERS },
    (_, index) => `01F1RSTC${String(index).padStart(18, '0')}`,
  )
  readonly tradeNo = `D${newId()}`
  private readonly now = new Date()

  private constructor(private readonly dataSource: DataSource) {}

  static async make(
    url: string | undefined,
    dataDir: string,
    merchant: MerchantClient,
    notifyUrl: string,
  ): Promise<FirstCut> {
    mkdirSync(dataDir, { recursive: true })
    const migrations = schema.migrations.filter(({ name }) => Number(name.slice(-13)) < FACTS_HAVE_DATES)
    const options = dataSourceOptions({ url, dataDir, poolSize: 2 }, { entities: [], migrations })
    const cut = new FirstCut(await new DataSource(options).initialize())
    try {
      await cut.dataSource.runMigrations()
      await cut.fill(merchant, notifyUrl)
    } finally {
      await cut.dataSource.destroy()
    }
    return cut
  }

  /** Months that were billed, earliest first. */
  get months(): string[] {
    return [-3, -2, -1].map((count) => addMonths(this.thisMonth, count))
  }

  billOf(member: number, month: string): string {
    return `${this.members[member]}${month.replace('-', '')}`
  }

  private async fill(merchant: MerchantClient, notifyUrl: string): Promise<void> {
    const [committee, branch] = [newId(), newId()]
    await this.insert(
      'org_node',
      ['id', 'parentId', 'path'],
      [
        [committee, null, `/${committee}/`],
        [branch, committee, `/${committee}/${branch}/`],
      ],
    )
    await this.insert(
      'unit',
      ['id', 'kind', 'name', 'phone', 'createdAt'],
      [
        [committee, 'committee', '中共云溪县委员会', '0990-6120001', this.at()],
        [branch, 'branch', '东岭村党支部', '0990-6120102', this.at()],
      ],
    )
    await this.insert(
      'dues_policy',
      ['unitId', 'farmerFen', 'rounding'],
      [
        [committee, 50, 'fen'],
        [branch, 50, 'fen'],
      ],
    )
    await this.fillMembers(branch)
    await this.fillDues(branch)
    await this.openOrder(committee, branch, merchant, notifyUrl)
  }

  private async fillMembers(branch: string): Promise<void> {
    const columns = [
      ...[
        'id',
        'unitId',
        'name',
        'sex',
        'idNumber',
        'idNumberIndex',
        'nationality',
        'birthDate',
        'education',
      ],
      ...['category', 'joinedOn', 'regularizedOn', 'standing', 'lostContact', 'floating', 'duesClass'],
      ...['createdAt', 'updatedAt'],
    ]
    await this.insert(
      'member',
      columns,
      this.members.map((id, index) => [
        ...[id, branch, `党员${index}`, 'male', 'sealed', `index-${index}`, '01', '1970-01-01', '61'],
        ...['formal', '2001-07-01', '2002-07-01', index % 50 === 49 ? 'suspended' : 'normal', 0, 0],
        ...[index < ASSESSED ? 'wage' : 'farmer', this.at(), this.at()],
      ]),
    )
  }

  private async fillDues(branch: string): Promise<void> {
    const [first = '', second = ''] = this.months
    const assessed = this.members.slice(0, ASSESSED)
    await this.insert(
      'dues_assessment',
      [
        ...[
          'id',
          'memberId',
          'fromMonth',
          'untilMonth',
          'duesClass',
          'baseFen',
          'rateBasisPoints',
          'rounding',
        ],
        ...['amountFen', 'reason', 'assessedBy', 'assessedAt', 'openKey'],
      ],
      assessed.flatMap((id) => [
        [newId(), id, first, second, 'wage', 400_000, 100, 'fen', 4_000, '首次核定', null, this.at(), null],
        [newId(), id, second, null, 'wage', 450_000, 100, 'fen', 4_500, '工资调整', null, this.at(), id],
      ]),
    )
    await this.insert(
      'dues_bill',
      [
        ...['id', 'memberId', 'unitId', 'month', 'duesClass', 'baseFen', 'rateBasisPoints', 'rounding'],
        ...['amountFen', 'state', 'createdAt', 'paidAt'],
      ],
      this.months.flatMap((month) =>
        this.members.slice(0, 2 * ASSESSED).map((id, index): Value[] => {
          const isPaid = index % 3 === 1
          const [fen, base] = month === first ? [4_000, 400_000] : [4_500, 450_000]
          const content =
            index < ASSESSED ? ['wage', base, 100, 'fen', fen] : ['farmer', null, null, 'fen', 50]
          const state = isPaid ? 'paid' : 'unpaid'
          const key = this.billOf(index, month)
          return [key, id, branch, month, ...content, state, this.at(), isPaid ? this.at() : null]
        }),
      ),
    )
  }

  /** The payer is bound, and has an order for the oldest month that WeChat waits for. */
  private async openOrder(
    committee: string,
    branch: string,
    merchant: MerchantClient,
    notifyUrl: string,
  ): Promise<void> {
    const [account, order, merchantAccount] = [newId(), newId(), newId()]
    const { openid } = DEMONSTRATION_PEOPLE.member
    const { mchid, appid } = merchant.credentials
    const billId = this.billOf(PAYER, this.months[0] ?? '')
    const hour = 3600_000
    const prepayId = await merchant.prepay({
      ...{ appid, mchid, description: '党费', out_trade_no: this.tradeNo, notify_url: notifyUrl },
      ...{ amount: { total: 4_000, currency: 'CNY' }, payer: { openid } },
    })
    await this.insert('account', ['id', 'openid', 'createdAt'], [[account, openid, this.at()]])
    await this.insert(
      'binding',
      [
        'id',
        'kind',
        'accountId',
        'memberId',
        'state',
        'phone',
        'accountKey',
        'memberKey',
        'claimedAt',
        'decidedAt',
      ],
      [
        [
          ...[newId(), 'own', account, this.members[PAYER] ?? '', 'confirmed', '', account],
          ...[this.members[PAYER] ?? '', this.at(), this.at()],
        ],
      ],
    )
    await this.insert(
      'merchant_account',
      ['id', 'nodeId', 'mode', 'mchid', 'name'],
      [[merchantAccount, committee, 'direct', mchid, '中共云溪县委员会']],
    )
    await this.insert(
      'payment_order',
      [
        ...[
          'id',
          'tradeNo',
          'subject',
          'merchantAccountId',
          'accountId',
          'payerOpenid',
          'amountFen',
          'description',
        ],
        ...[
          'state',
          'idempotencyKey',
          'contentHash',
          'prepayId',
          'notifyUrl',
          'createdAt',
          'expiresAt',
          'nextAskAt',
        ],
      ],
      [
        [
          ...[order, this.tradeNo, 'dues', merchantAccount, account, openid, 4_000, '党费'],
          ...['pending', 'of-the-first-cut', contentHash('dues', [billId]), prepayId, notifyUrl],
          ...[this.at(), this.at(hour), this.at(hour)],
        ],
      ],
    )
    await this.insert(
      'payment_line',
      ['id', 'orderId', 'subjectId', 'amountFen', 'unitId', 'openKey'],
      [[newId(), order, billId, 4_000, branch, openKeyOf('dues', billId)]],
    )
  }

  /** An instant as every engine reads it. */
  private at(laterMs = 0): string {
    return new Date(this.now.getTime() + laterMs).toISOString().replace('T', ' ').replace('Z', '')
  }

  private async insert(table: string, columns: readonly string[], rows: readonly Value[][]): Promise<void> {
    const holders = `(${columns.map(() => '?').join(', ')})`
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      const some = rows.slice(start, start + ROWS_AT_ONCE)
      await this.dataSource.query(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${some.map(() => holders).join(', ')}`,
        some.flat(),
      )
    }
  }
}
