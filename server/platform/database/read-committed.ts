import { createRequire } from 'node:module'
import type { PoolOptions } from 'mysql2'

const AT_READ_COMMITTED = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'

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
        connection.query(AT_READ_COMMITTED, (error) => {
          if (error) connection.destroy()
        })
      })
      return pool
    },
  }
}
