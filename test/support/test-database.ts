import { randomBytes } from 'node:crypto'
import { createConnection } from 'mysql2/promise'

export interface TestDatabase {
  /** Undefined for the embedded engine, which lives in the world's own folder. */
  url: string | undefined
  drop(): Promise<void>
}

/** A database of its own for each world, on the engine this run tests. */
export async function createDatabase(): Promise<TestDatabase> {
  const server = process.env['DATABASE_URL']
  if (!server) return { url: undefined, drop: () => Promise.resolve() }
  const name = `world_${randomBytes(6).toString('hex')}`
  const url = new URL(server)
  const run = async (statement: string) => {
    const connection = await createConnection({
      user: url.username,
      socketPath: url.searchParams.get('socket') ?? undefined,
    })
    await connection.query(statement)
    await connection.end()
  }
  await run(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(`DROP DATABASE ${name}`) }
}
