import { join, resolve } from 'node:path'
import { tmpdir } from 'node:os'

/** How large and how long everything is; printed with the figures. */
export interface Settings {
  /** Small and short: shows that the bench works, its figures mean nothing. */
  quick: boolean
  /** Members of the small and of the large database. */
  smallMembers: number
  largeMembers: number
  /** Alternating rounds; figures are medians over them. */
  rounds: number
  roundSeconds: number
  warmUpSeconds: number
  /** At least so many requests before the first that counts. */
  warmUpRequests: number
  /** Requests under way at the same time. */
  connections: number
  /** Requests begun in a second when they come at a constant rate. */
  openPerSecond: number
  /** Members who are signed in and ask in turn. */
  signedIn: number
  /** Rounds of making a month's bills. */
  generationRounds: number
  /** Payments opened and settled in a second beside it, and seconds of the same with nothing beside it. */
  paymentsPerSecond: number
  idleSeconds: number
  /** Notifications in a round of settling, the same number for every connection. */
  notifications: number
  starts: number
  soak: { seconds: number; warmUpSeconds: number; requestsPerSecond: number; sampleSeconds: number }
}

export const FULL: Settings = {
  quick: false,
  smallMembers: 10_000,
  largeMembers: 1_000_000,
  rounds: 9,
  roundSeconds: 5,
  warmUpSeconds: 3,
  warmUpRequests: 6_000,
  connections: 16,
  openPerSecond: 500,
  signedIn: 200,
  generationRounds: 5,
  paymentsPerSecond: 20,
  idleSeconds: 15,
  notifications: 3_200,
  starts: 5,
  soak: { seconds: 60, warmUpSeconds: 20, requestsPerSecond: 50, sampleSeconds: 2 },
}

export const QUICK: Settings = {
  quick: true,
  smallMembers: 1_000,
  largeMembers: 5_000,
  rounds: 1,
  roundSeconds: 1,
  warmUpSeconds: 0.5,
  warmUpRequests: 100,
  connections: 8,
  openPerSecond: 500,
  signedIn: 20,
  generationRounds: 1,
  paymentsPerSecond: 10,
  idleSeconds: 1,
  notifications: 64,
  starts: 1,
  soak: { seconds: 20, warmUpSeconds: 5, requestsPerSecond: 50, sampleSeconds: 0.5 },
}

/** One hour, as an installation would live. */
export const HOUR_OF_SOAK: Settings['soak'] = {
  seconds: 3600,
  warmUpSeconds: 600,
  requestsPerSecond: 50,
  sampleSeconds: 10,
}

/** Connections of every server to its database, and how the database itself is set. */
export const POOL_SIZE = 10
export const MARIADB_SETTINGS = [
  '--innodb-buffer-pool-size=2G',
  '--innodb-log-file-size=512M',
  '--innodb-flush-log-at-trx-commit=1',
  '--max-connections=200',
  '--max-allowed-packet=64M',
  '--skip-log-bin',
] as const

/** What is kept between runs; outside of the repository because it weighs gigabytes. */
export const CACHE_DIR = join(tmpdir(), 'zhibu-bench')
/** The server as an operator would run it, built into a folder of the bench's own. */
export const BUILD_DIR = resolve(__dirname, '../..')
