/** One request the sandbox received. Only the path is kept, because queries and bodies carry secrets and tokens. */
export interface LoggedRequest {
  /** Epoch milliseconds. */
  at: number
  method: string
  path: string
  status: number | 'connection-lost'
  code?: string
}

const CAPACITY = 500

/** The latest requests to the WeChat and WeChat Pay APIs, in memory only. */
export class RequestLog {
  private readonly entries: LoggedRequest[] = []

  record(entry: LoggedRequest): void {
    this.entries.push(entry)
    if (this.entries.length > CAPACITY) this.entries.shift()
  }

  /** @returns at most `count` requests, oldest first. */
  latest(count = 50): LoggedRequest[] {
    return this.entries.slice(-Math.max(1, count))
  }
}
