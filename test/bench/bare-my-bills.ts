/** "My bills" with nothing around it: what the machine gives when nobody asks for more. At most 40 lines. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createPool, type RowDataPacket } from 'mysql2/promise'
import { presentBill } from '../../server/modules/organization/dues/bill.presenter.js'
import type { BillRow } from '../../server/modules/organization/dues/bills.queries.js'

const { PORT, SOCKET: socketPath, DATABASE: database, TOKEN_KEY = '' } = process.env
const pool = createPool({ socketPath, user: 'root', database, connectionLimit: 10, timezone: 'Z' })
const key = Buffer.from(TOKEN_KEY, 'base64')
const known = new Map<string, { memberId: string; until: number }>()
const SESSION = `SELECT b.memberId FROM session s JOIN binding b ON b.accountKey = s.accountId AND b.state = 'confirmed'
  WHERE s.id = ? AND s.accountId = ? AND s.endedAt IS NULL AND s.expiresAt > NOW(3)`
const BILLS = `SELECT b.id, b.month, u.name AS unitName, b.duesClass, b.baseFen, b.rateBasisPoints, b.rounding, b.amountFen,
  b.state, b.paidAt, o.tradeNo AS pendingTradeNo FROM dues_bill b JOIN unit u ON u.id = b.unitId LEFT JOIN payment_line l ON l.subjectId = b.id AND l.openKey IS NOT NULL
  LEFT JOIN payment_order o ON o.id = l.orderId WHERE b.id > ? AND b.id < ? ORDER BY b.id DESC LIMIT 31`

async function memberOf(header = ''): Promise<string> {
  const entry = known.get(header)
  if (entry && entry.until > Date.now()) return entry.memberId
  const [head = '', content = '', signature = ''] = header.slice('Bearer '.length).split('.')
  const expected = createHmac('sha256', key).update(`${head}.${content}`).digest()
  if (!timingSafeEqual(expected, Buffer.from(signature, 'base64url'))) throw new Error('not our token')
  const { sub, sid } = JSON.parse(Buffer.from(content, 'base64url').toString()) as Record<string, string>
  const [[row]] = await pool.execute<RowDataPacket[]>(SESSION, [sid ?? '', sub ?? ''])
  known.set(header, { memberId: String(row?.['memberId']), until: Date.now() + 5_000 })
  return String(row?.['memberId'])
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  if (request.url === '/healthz') return response.end('{}')
  const memberId = await memberOf(request.headers.authorization)
  const [rows] = await pool.execute<RowDataPacket[]>(BILLS, [memberId, `${memberId}~`])
  const items = rows.map((row) => presentBill(row as BillRow, null))
  const unpaid = items.filter(({ state }) => state === 'unpaid')
  const unpaidFen = unpaid.reduce((sum, { amountFen }) => sum + amountFen, 0)
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
  return response.end(JSON.stringify({ items, next: null, unpaidFen, unpaidCount: unpaid.length }))
}
createServer((request, response) => void answer(request, response)).listen(Number(PORT), '127.0.0.1')
