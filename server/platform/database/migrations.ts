import type { DataSource } from 'typeorm'

/** Names of migrations that the database does not have yet, in order. */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  // TypeORM's `showMigrations` returns only yes or no and logs the names, but an operator needs the names.
  const known = dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name)
  const runner = dataSource.createQueryRunner()
  try {
    if (!(await runner.hasTable('migrations'))) return known
    const rows = (await runner.query('SELECT name FROM migrations')) as Array<{ name: string }>
    const done = new Set(rows.map(({ name }) => name))
    return known.filter((name) => !done.has(name))
  } finally {
    await runner.release()
  }
}
