/** A payment notification verified, opened and written down, with nothing around it. */
import { createDecipheriv, createPublicKey, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createPool, type ResultSetHeader } from 'mysql2/promise'

const { PORT, SOCKET: socketPath, DATABASE: database, API_V3_KEY = '', WECHAT_PUBLIC_KEY = '' } = process.env
const pool = createPool({ socketPath, user: 'root', database, connectionLimit: 10, timezone: 'Z' })
const wechatKey = createPublicKey(WECHAT_PUBLIC_KEY)
const PAY = `UPDATE payment_order SET state = 'paid', transactionId = ?, paidAt = ? WHERE tradeNo = ? AND state = 'pending'`
const RECORD = `INSERT INTO event (id, name, actorId, unitId, subjectId, data, at) VALUES (?, 'payment.paid', NULL, NULL, ?, '{}', ?)`

interface Resource {
  ciphertext: string
  nonce: string
  associated_data: string
}
interface Said {
  out_trade_no: string
  transaction_id: string
  success_time: string
}

function open(body: string, headers: IncomingMessage['headers']): Said {
  const header = (name: string) => String(headers[`wechatpay-${name}`])
  const signed = Buffer.from(`${header('timestamp')}\n${header('nonce')}\n${body}\n`)
  const signature = Buffer.from(header('signature'), 'base64')
  if (!verify('sha256', signed, wechatKey, signature)) throw new Error('not from WeChat')
  const { resource } = JSON.parse(body) as { resource: Resource }
  const sealed = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', API_V3_KEY, resource.nonce)
  decipher.setAAD(Buffer.from(resource.associated_data)).setAuthTag(sealed.subarray(-16))
  return JSON.parse(
    decipher.update(sealed.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8'),
  ) as Said
}

async function settle({ out_trade_no: tradeNo, transaction_id, success_time }: Said): Promise<void> {
  const connection = await pool.getConnection()
  const paidAt = new Date(success_time)
  await connection.beginTransaction()
  const [{ affectedRows }] = await connection.execute<ResultSetHeader>(PAY, [transaction_id, paidAt, tradeNo])
  const eventId = randomBytes(13).toString('hex')
  if (affectedRows === 1) await connection.execute(RECORD, [eventId, tradeNo, new Date()])
  await connection.commit()
  connection.release()
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  if (request.method === 'POST') await settle(open(Buffer.concat(chunks).toString(), request.headers))
  response.writeHead(request.method === 'POST' ? 204 : 200).end()
}
createServer((request, response) => void answer(request, response)).listen(Number(PORT), '127.0.0.1')
