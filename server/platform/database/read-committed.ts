import { createRequire } from 'node:module'
import type { PoolOptions } from 'mysql2'

/** Seconds that a statement waits for a lock. The default is 50; ours are held for less than a second. */
const LOCK_WAIT_S = 10
const ONCE_A_CONNECTION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT_S}`,
]

/**
 * mysql2 that sets READ COMMITTED once on each connection. At REPEATABLE READ, the default, two transactions that
 * claim the same rows deadlock. TypeORM would set the level before each transaction, which costs a round trip every
 * time.
 */
export function mysqlAtReadCommitted() {
  // Loaded here, because the embedded engine does not need mysql2.
  const mysql2 = createRequire(__filename)('mysql2') as typeof import('mysql2')
  return {
    ...mysql2,
    createPool(options: PoolOptions) {
      const pool = mysql2.createPool(options)
      // Sent before the pool hands the connection out, so these statements run first.
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
