import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedNotification {
  headers: Headers
  raw: Buffer
}

/** The merchant's notify_url: answers as told and hands the notifications to the test one by one. */
export class NotificationReceiver {
  /** Statuses for the next requests; 204 when none is left. */
  answers: number[] = []
  private readonly arrived: ReceivedNotification[] = []
  private waiting: ((notification: ReceivedNotification) => void)[] = []

  private constructor(private readonly server: Server) {}

  static async start(): Promise<NotificationReceiver> {
    const server = createServer()
    const receiver = new NotificationReceiver(server)
    server.on('request', (incoming, response) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        response.writeHead(receiver.answers.shift() ?? 204).end()
        const headers = new Headers()
        for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
        receiver.accept({ headers, raw: Buffer.concat(chunks) })
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/pay/notifications`
  }

  get unread(): number {
    return this.arrived.length
  }

  /** Resolves with the next notification, whether it has come already or not. */
  next(): Promise<ReceivedNotification> {
    const first = this.arrived.shift()
    return first ? Promise.resolve(first) : new Promise((resolve) => this.waiting.push(resolve))
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private accept(notification: ReceivedNotification): void {
    const waiting = this.waiting.shift()
    if (waiting) waiting(notification)
    else this.arrived.push(notification)
  }
}
