import { MCHID } from './wechat-answers.js'

/*
 * The rows of a county as SQL that makes them from numbers: MariaDB's sequence tables give the numbers. What is stored
 * is what the product would store: ids of 26 characters, bills named by member and month, real ciphertext.
 */

/** The months that every member has a bill for. A month after them is free to be generated. */
export const BILLED_MONTHS = Array.from(
  { length: 12 },
  (_, index) => `2025-${String(index + 1).padStart(2, '0')}`,
)
/** Months of these that nobody has paid yet. */
export const UNPAID_MONTHS = BILLED_MONTHS.slice(-3)

const MEMBERS_PER_BRANCH = 50
/** Undo and locks of one statement stay small. */
const AT_ONCE = 50_000
const NOW = "'2025-12-01 00:00:00.000'"
const LATER = "'2099-01-01 00:00:00.000'"
export const ROOT_ID = '01BENCHR000000000000000000'
export const OFFICER_ACCOUNT_ID = '01BENCHZ000000000000000000'
export const OFFICER_OPENID = 'o-bench-officer-00000000'
export const MERCHANT_ACCOUNT_ID = '01BENCHK000000000000000000'

/** Of the character set and collation of the columns, or indices would not be used. */
const code = (text: string) => `CONVERT(${text} USING ascii) COLLATE ascii_bin`
const number32 = (number: string, length: number) => code(`LPAD(CONV(${number}, 10, 32), ${length}, '0')`)
const id = (kind: string, number: string) => `CONCAT('01BENCH${kind}', ${number32(number, 18)})`
const branchOf = (member: string) => id('U', `(${member} - 1) DIV ${MEMBERS_PER_BRANCH} + 1`)

/** Ids as the statements make them. */
const idOf = (kind: string, number: number) =>
  `01BENCH${kind}${number.toString(32).toUpperCase().padStart(18, '0')}`
export const memberIdOf = (number: number): string => idOf('M', number)
export const accountIdOf = (number: number): string => idOf('A', number)
export const openidOf = (number: number): string => `o-bench-${String(number).padStart(16, '0')}`

/** Three of four pay by a base, the others are farmers. */
const IS_FARMER = 'seq % 4 = 0'
const DUES_CLASS = `CASE WHEN ${IS_FARMER} THEN 'farmer' WHEN seq % 4 = 1 THEN 'retired' ELSE 'wage' END`
const BASE = '(250000 + seq % 700 * 1000)'
const RATE = `CASE WHEN seq % 4 = 1 THEN IF(${BASE} <= 500000, 50, 100)
  ELSE CASE WHEN ${BASE} <= 300000 THEN 50 WHEN ${BASE} <= 500000 THEN 100 ELSE 150 END END`
const AMOUNT = `FLOOR((${BASE} * (${RATE}) + 5000) / 10000)`

function inRanges(count: number, statement: (numbers: string) => string): string[] {
  const ranges = Math.ceil(count / AT_ONCE)
  return Array.from({ length: ranges }, (_, range) =>
    statement(`seq_${range * AT_ONCE + 1}_to_${Math.min((range + 1) * AT_ONCE, count)}`),
  )
}

/** How a product keeps what it knows: policies with the units, in a table of their own, or every fact with its days. */
export type SchemaKind = 'unit-policies' | 'policy-table' | 'dated'

/** Columns that all dated facts have after their own, and what they hold here. */
const PERIOD =
  'fromOn, untilOn, document, reason, origin, recordedBy, recordedAt, withdrawnAt, withdrawnBy, openKey'
const since = (day: string, openKey: string) =>
  `'${day}', NULL, NULL, NULL, 'migration', NULL, ${NOW}, NULL, NULL, ${openKey}`

const policyStatements: Record<SchemaKind, string[]> = {
  'unit-policies': [],
  'policy-table': [`INSERT INTO dues_policy (unitId, farmerFen, rounding) SELECT id, 20, 'fen' FROM unit`],
  dated: [
    `INSERT INTO dues_policy_period (id, unitId, farmerFen, rounding, ${PERIOD})
     SELECT id, id, 20, 'fen', ${since('2000-01-01', 'id')} FROM unit`,
    `UPDATE fact_dating SET finishedAt = ${NOW}`,
  ],
}

export function tree(size: number, kind: SchemaKind): string[] {
  const hasPolicies = kind !== 'unit-policies'
  const branches = `seq_1_to_${Math.ceil(size / MEMBERS_PER_BRANCH)}`
  const policy = hasPolicies ? '' : "20, 'fen', "
  const unit = (unitId: string, kind: string, name: string) =>
    `SELECT ${unitId}, '${kind}', ${name}, NULL, ${policy}${NOW}`
  return [
    `INSERT INTO org_node (id, parentId, path) VALUES ('${ROOT_ID}', NULL, '/${ROOT_ID}/')`,
    `INSERT INTO org_node (id, parentId, path)
     SELECT ${id('U', 'seq')}, '${ROOT_ID}', CONCAT('/${ROOT_ID}/', ${id('U', 'seq')}, '/') FROM ${branches}`,
    `INSERT INTO unit (id, kind, name, phone, ${hasPolicies ? '' : 'farmerFen, rounding, '}createdAt)
     ${unit(`'${ROOT_ID}'`, 'committee', "'中共云溪县委员会'")}
     UNION ALL ${unit(id('U', 'seq'), 'branch', "CONCAT('第', seq, '党支部')")} FROM ${branches}`,
    ...policyStatements[kind],
    `INSERT INTO merchant_account (id, nodeId, mode, mchid, subMchid, name)
     VALUES ('${MERCHANT_ACCOUNT_ID}', '${ROOT_ID}', 'direct', '${MCHID}', NULL, '党费专户')`,
    `INSERT INTO account (id, openid, unionid, textSize, createdAt)
     VALUES ('${OFFICER_ACCOUNT_ID}', '${OFFICER_OPENID}', NULL, 'standard', ${NOW})`,
    `INSERT INTO access_grant (id, accountId, role, nodeId, grantedBy, grantedAt, revokedAt)
     VALUES ('01BENCHG000000000000000000', '${OFFICER_ACCOUNT_ID}', 'dues-officer', '${ROOT_ID}', NULL, ${NOW}, NULL)`,
  ]
}

export const members = (
  size: number,
  sealed: { idNumber: string; phone: string; address: string },
): string[] =>
  inRanges(
    size,
    (
      numbers,
    ) => `INSERT INTO member (id, unitId, name, sex, idNumber, idNumberIndex, phone, phoneIndex, address,
       nationality, birthDate, education, category, joinedOn, regularizedOn, post, standing, lostContact, floating,
       duesClass, createdAt, updatedAt)
     SELECT ${id('M', 'seq')}, ${branchOf('seq')}, CONCAT('党员', seq), IF(seq % 2, 'male', 'female'),
       '${sealed.idNumber}', LEFT(SHA2(CONCAT('idNumber', seq), 256), 43),
       '${sealed.phone}', LEFT(SHA2(CONCAT('phone', seq), 256), 43), '${sealed.address}',
       '01', '1975-06-15', '61', 'formal', '2000-07-01', '2001-07-01', NULL, 'normal', 0, 0,
       ${DUES_CLASS}, ${NOW}, ${NOW}
     FROM ${numbers}`,
  )

export const accounts = (size: number, sealed: { claimedPhone: string }): string[] => [
  ...inRanges(
    size,
    (numbers) => `INSERT INTO account (id, openid, unionid, textSize, createdAt)
     SELECT ${id('A', 'seq')}, CONCAT('o-bench-', LPAD(seq, 16, '0')), NULL, 'standard', ${NOW} FROM ${numbers}`,
  ),
  ...inRanges(
    size,
    (numbers) => `INSERT INTO binding
       (id, kind, accountId, memberId, state, phone, accountKey, memberKey, claimedAt, decidedBy, decidedAt, reason)
     SELECT ${id('B', 'seq')}, 'own', ${id('A', 'seq')}, ${id('M', 'seq')}, 'confirmed', '${sealed.claimedPhone}',
       ${id('A', 'seq')}, ${id('M', 'seq')}, ${NOW}, NULL, ${NOW}, NULL FROM ${numbers}`,
  ),
]

/** How members pay, and since when; with their days the other facts of members too. */
export const facts = (size: number, kind: SchemaKind): string[] =>
  kind === 'dated'
    ? inRanges(size, (numbers) => numbers).flatMap((numbers) => [
        ...['unit', 'category'].map(
          (fact) => `INSERT INTO member_period (id, memberId, kind, value, duesPaidThrough, ${PERIOD})
           SELECT ${id(fact === 'unit' ? 'E' : 'F', 'seq')}, ${id('M', 'seq')}, '${fact}',
             ${fact === 'unit' ? branchOf('seq') : "'formal'"}, NULL,
             ${since('2000-07-01', `CONCAT(${id('M', 'seq')}, '/${fact}')`)} FROM ${numbers}`,
        ),
        `INSERT INTO dues_place (id, memberId, unitId, ${PERIOD})
         SELECT ${id('W', 'seq')}, ${id('M', 'seq')}, ${branchOf('seq')}, ${since('2000-07-01', id('M', 'seq'))}
         FROM ${numbers}`,
        `INSERT INTO dues_class_period (id, memberId, duesClass, baseFen, rateBasisPoints, rounding, amountFen, ${PERIOD})
         SELECT ${id('S', 'seq')}, ${id('M', 'seq')}, ${DUES_CLASS}, IF(${IS_FARMER}, NULL, ${BASE}),
           IF(${IS_FARMER}, NULL, ${RATE}), IF(${IS_FARMER}, NULL, 'fen'), IF(${IS_FARMER}, NULL, ${AMOUNT}),
           ${since('2020-01-01', id('M', 'seq'))} FROM ${numbers}`,
      ])
    : inRanges(
        size,
        (numbers) => `INSERT INTO dues_assessment (id, memberId, fromMonth, untilMonth, duesClass, baseFen,
           rateBasisPoints, rounding, amountFen, reason, assessedBy, assessedAt, openKey)
         SELECT ${id('S', 'seq')}, ${id('M', 'seq')}, '2020-01', NULL, ${DUES_CLASS}, ${BASE}, ${RATE}, 'fen',
           ${AMOUNT}, '年初核定', NULL, ${NOW}, ${id('M', 'seq')} FROM ${numbers} WHERE NOT (${IS_FARMER})`,
      )

/** Every member every month; the last months are unpaid. */
export const bills = (size: number): string[] =>
  inRanges(
    size,
    (
      numbers,
    ) => `INSERT INTO dues_bill (id, memberId, unitId, month, duesClass, baseFen, rateBasisPoints, rounding,
       amountFen, state, createdAt, paidAt, tradeNo)
     SELECT CONCAT(memberId, REPLACE(month, '-', '')), memberId, unitId, month, duesClass, baseFen, rate, 'fen',
       amountFen, IF(isPaid, 'paid', 'unpaid'), ${NOW},
       IF(isPaid, ${NOW}, NULL), IF(isPaid, CONCAT('D20251201', LPAD(seq, 20, '0')), NULL)
     FROM (SELECT seq, ${id('M', 'seq')} AS memberId, ${branchOf('seq')} AS unitId, ${DUES_CLASS} AS duesClass,
             IF(${IS_FARMER}, NULL, ${BASE}) AS baseFen, IF(${IS_FARMER}, NULL, ${RATE}) AS rate,
             IF(${IS_FARMER}, 20, ${AMOUNT}) AS amountFen FROM ${numbers}) m
     CROSS JOIN (${BILLED_MONTHS.map(
       (month) => `SELECT '${month}' AS month, ${UNPAID_MONTHS.includes(month) ? 0 : 1} AS isPaid`,
     ).join(' UNION ALL ')}) t
     ORDER BY seq, month`,
  )

/**
 * One member in four has paid the nine months by one order; one in a hundred has an order for the first unpaid month
 * that neither settled nor closed.
 */
export const payments = (size: number): string[] => [
  ...inRanges(size, (numbers) => orders(numbers, 'P', 'seq % 4 = 2', 'paid')),
  ...inRanges(size, (numbers) => orders(numbers, 'Q', 'seq % 100 = 7', 'pending')),
  ...inRanges(size, (numbers) => lines(numbers, 'P', 'seq % 4 = 2', "b.state = 'paid'", 'NULL')),
  ...inRanges(size, (numbers) =>
    lines(numbers, 'Q', 'seq % 100 = 7', `b.month = '${UNPAID_MONTHS[0]}'`, "CONCAT('dues:', b.id)"),
  ),
]

const orders = (numbers: string, kind: string, condition: string, state: 'paid' | 'pending') =>
  `INSERT INTO payment_order (id, tradeNo, subject, merchantAccountId, accountId, payerOpenid, amountFen, description,
     state, idempotencyKey, contentHash, prepayId, transactionId, createdAt, expiresAt, nextAskAt, asks, paidAt, closedAt)
   SELECT ${id(kind, 'seq')}, CONCAT('${kind}20251201', LPAD(seq, 20, '0')), 'dues', '${MERCHANT_ACCOUNT_ID}',
     ${id('A', 'seq')}, CONCAT('o-bench-', LPAD(seq, 16, '0')), IF(${IS_FARMER}, 20, ${AMOUNT}), '党费', '${state}',
     CONCAT('bench-${kind}-', seq), SHA2(seq, 256), CONCAT('wx', SHA2(seq, 224)),
     ${state === 'paid' ? "CONCAT('42', LPAD(seq, 26, '0'))" : 'NULL'}, ${NOW}, ${LATER}, ${LATER}, 0,
     ${state === 'paid' ? NOW : 'NULL'}, NULL
   FROM ${numbers} WHERE ${condition}`

const lines = (numbers: string, kind: string, condition: string, which: string, openKey: string) =>
  `INSERT INTO payment_line (id, orderId, subjectId, amountFen, openKey)
   SELECT CONCAT('01BENCH${kind === 'P' ? 'L' : 'O'}', RIGHT(b.id, 6), ${number32('seq', 12)}),
     ${id(kind, 'seq')}, b.id, b.amountFen, ${openKey}
   FROM ${numbers} JOIN dues_bill b ON b.id > ${id('M', 'seq')} AND b.id < CONCAT(${id('M', 'seq')}, '~')
   WHERE ${condition} AND ${which}`
