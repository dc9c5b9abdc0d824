import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataSource } from '../../../server/platform/database/data-source.js'
import { isEmbedded } from '../../../server/platform/database/engine.js'
import { schema } from '../../../server/schema.js'

const open = (dataDir: string) => openDataSource({ url: undefined, dataDir, poolSize: 1 }, schema)

// MySQL and MariaDB have no file to copy.
;(isEmbedded ? describe : describe.skip)('A stopped demonstration lies in one file', () => {
  let [directory, copy] = ['', '']

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'zhibu-one-file-'))
    copy = mkdtempSync(join(tmpdir(), 'zhibu-one-file-'))
  })
  afterAll(() => {
    for (const folder of [directory, copy]) rmSync(folder, { recursive: true, force: true })
  })

  it('so that who copies that file alone has everything', async () => {
    const dataSource = await open(directory)
    await dataSource.runMigrations()
    await dataSource.transaction((manager) =>
      manager.query(`INSERT INTO org_node (id, parentId, path) VALUES ('here', NULL, '/here/')`),
    )
    await dataSource.destroy()
    copyFileSync(join(directory, 'zhibu.sqlite'), join(copy, 'zhibu.sqlite'))
    const copied = await open(copy)
    const rows = await copied.query<unknown[]>('SELECT id FROM org_node')
    await copied.destroy()
    expect(rows).toEqual([{ id: 'here' }])
  })
})
