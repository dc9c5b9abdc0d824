import { createRequire } from 'node:module'
import type { PoolOptions } from 'mysql2'

/** Seconds that a statement waits for somebody's lock; ours are held for a fraction of one, and 50 is the default. */
const LOCK_WAIT_S = 10
const ONCE_A_CONNECTION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT_S}`,
]

/**
 * mysql2, every connection of which is told once how its transactions are isolated: at REPEATABLE READ, the default,
 * two claimers of the same rows deadlock. TypeORM would say it again before each transaction, a round trip every time.
 */
export function mysqlAtReadCommitted() {
  // Loaded here, because the embedded engine does without it.
  const mysql2 = createRequire(__filename)('mysql2') as typeof import('mysql2')
  return {
    ...mysql2,
    createPool(options: PoolOptions) {
      const pool = mysql2.createPool(options)
      // Asked before the pool hands the connection out, so nothing can overtake it.
      pool.on('connection', (connection) => {
        for (const statement of ONCE_A_CONNECTION) {
          connection.query(statement, (error) => {
            if (error) connection.destroy()
          })
        }
      })
      return pool
    },
  }
}
