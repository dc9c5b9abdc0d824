/**
 * The database engine of this process. It is read from the environment once, before any entity is imported, because
 * column definitions differ slightly between the engines.
 */
export type Engine = 'mysql' | 'mariadb' | 'embedded'

/** @throws Error when the URL is not empty and its scheme is neither `mysql:` nor `mariadb:` */
export function engineOf(databaseUrl: string | undefined): Engine {
  if (!databaseUrl) return 'embedded'
  const scheme = databaseUrl.slice(0, databaseUrl.indexOf(':'))
  if (scheme === 'mysql' || scheme === 'mariadb') return scheme
  throw new Error(`DATABASE_URL 应以 mysql:// 或 mariadb:// 开头，现在是 ${scheme || '（没有协议）'}`)
}

export const engine: Engine = engineOf(process.env['DATABASE_URL'])
export const isEmbedded = engine === 'embedded'
