import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataSource } from '../../../server/platform/database/data-source.js'
import { engine, engineOf, isEmbedded } from '../../../server/platform/database/engine.js'
import { createDatabase, type TestDatabase } from '../../support/test-database.js'

const NO_SCHEMA = { entities: [], migrations: [] }

describe('The engine', () => {
  it.each([
    [undefined, 'embedded'],
    ['', 'embedded'],
    ['mysql://zhibu@localhost/zhibu', 'mysql'],
    ['mariadb://zhibu@localhost/zhibu', 'mariadb'],
  ])('of %j is %s', (url, expected) => {
    expect(engineOf(url)).toBe(expected)
  })

  it.each(['postgres://localhost/zhibu', 'MYSQL://localhost/zhibu', 'localhost/zhibu', '://', 'mysql'])(
    'of %j is none, and the message says what is expected',
    (url) => {
      expect(() => engineOf(url)).toThrow(/DATABASE_URL 应以 mysql:\/\/ 或 mariadb:\/\/ 开头/)
    },
  )
})

describe('Opening the database', () => {
  let directory: string
  let database: TestDatabase

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'zhibu-address-'))
    database = await createDatabase()
  })
  afterAll(async () => {
    await database.drop()
    rmSync(directory, { recursive: true, force: true })
  })

  it('gives the engine that the address names', async () => {
    const source = await openDataSource({ url: database.url, dataDir: directory, poolSize: 1 }, NO_SCHEMA)
    expect(source.options.type).toBe(isEmbedded ? 'better-sqlite3' : engine)
    await source.destroy()
  })

  it('with the name of the sister product is refused, and says which name is right', async () => {
    // The embedded engine has no address to contradict: there the wrong address is one that nobody answers.
    const other = engine === 'mariadb' ? 'mysql' : 'mariadb'
    const url = database.url?.replace(/^\w+:/, `${other}:`) ?? `${other}://root@127.0.0.1:9/none`
    const opening = openDataSource({ url, dataDir: directory, poolSize: 1 }, NO_SCHEMA)
    await expect(opening).rejects.toThrow(
      isEmbedded ? /ECONNREFUSED/ : `DATABASE_URL 以 ${other}:// 开头，但服务器是`,
    )
  })
})
