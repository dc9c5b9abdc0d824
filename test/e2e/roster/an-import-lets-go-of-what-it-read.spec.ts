import { openDocument } from '../../../server/modules/organization/roster/import-row.document.js'
import { RosterForgetting } from '../../../server/modules/organization/roster/roster-forgetting.service.js'
import { RosterImportRow } from '../../../server/modules/organization/roster/roster-import-row.entity.js'
import { RosterUploadChunk } from '../../../server/modules/organization/roster/roster-upload-chunk.entity.js'
import { EventRecord } from '../../../server/platform/audit/event.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { NOON, openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line, type Line } from './import-desk.js'
import { textOf } from './workbooks.js'

const DAY_MS = 86_400_000

describe('An import lets go of what it read', () => {
  let village: Village
  let desk: ImportDesk

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
  })
  afterEach(() => village.world.turnClockTo(NOON))
  afterAll(() => village.world.close())

  const rowsOf = (importId: string) =>
    village.world.database
      .repository(RosterImportRow)
      .find({ where: { importId }, order: { rowNumber: 'ASC' } })
  const afterDays = async (days: number) => {
    village.world.turnClockTo(new Date(NOON.getTime() + days * DAY_MS))
    await village.world.app.get(RosterForgetting).forgetWhatIsOld()
    village.world.turnClockTo(NOON)
  }
  const secretsOf = (cells: Line) =>
    ['公民身份号码', '联系电话', '家庭住址'].map((heading) => textOf(cells[heading]))

  it('rows that were written, are the same or were not ticked keep a name and nothing else of the person', async () => {
    const [same, changed, unticked] = [line('岳一一'), line('岳二二'), line('岳三三')]
    await desk.import([same, changed, unticked])
    const added = line('岳四四')
    const waiting = line('岳五五', { 所在党支部: '没有的党支部' })
    const refused = line('岳六六', { 性别: '女' })
    const lines = [
      same,
      { ...changed, 工作岗位: '医生' },
      { ...unticked, 工作岗位: '医生' },
      added,
      waiting,
      refused,
    ]
    const { id } = await desk.lay(lines)
    const row = (await desk.rows(id)).find(({ name }) => name === '岳三三')
    await desk.tick(id, { rowIds: [row?.id ?? ''], ticked: false })
    await desk.carryOut(id)

    const rows = await rowsOf(id)
    expect(rows.map(({ kind }) => kind)).toEqual([
      'same',
      'changed',
      'changed',
      'new',
      'unit-unknown',
      'refused',
    ])
    for (const [index, stored] of rows.slice(0, 4).entries()) {
      const cells = lines[index] ?? {}
      expect(openDocument(stored.document)).toMatchObject({
        name: cells['姓名'],
        original: [],
        person: null,
        changes: [],
      })
      for (const secret of secretsOf(cells)) expect(stored.document).not.toContain(secret)
    }
    for (const [index, stored] of rows.slice(4).entries()) {
      expect(openDocument(stored.document).original).toContain(lines[4 + index]?.['公民身份号码'])
    }
    // The list still tells the rows apart.
    expect((await desk.rows(id)).map(({ name }) => name)).toEqual(lines.map((cells) => cells['姓名']))
  })

  it('the cell of the unit of a refused row is nowhere in clear: shifted columns put anything there', async () => {
    const shifted = line('岳七七')
    const number = textOf(shifted['公民身份号码'])
    const { id } = await desk.lay([{ ...shifted, 公民身份号码: '汉族', 所在党支部: number }])
    const [raw] = await village.world.database.query<Record<string, unknown>>(
      'SELECT * FROM roster_import_row WHERE importId = ?',
      [id],
    )
    expect(raw).toMatchObject({ kind: 'refused', unitName: '' })
    expect(JSON.stringify(raw)).not.toContain(number)
    expect(await desk.rows(id)).toMatchObject([{ unitName: number }])
  })

  it('a preview that nobody carries out is cancelled after 30 days', async () => {
    const [old, { id: executed }] = [await desk.lay([line('岳八八')]), await desk.import([line('岳九九')])]
    await afterDays(30)
    expect(await desk.find(old.id)).toMatchObject({ state: 'preview', counts: { total: 1 } })
    await afterDays(31)
    expect(await desk.find(old.id)).toMatchObject({
      state: 'cancelled',
      counts: { total: 0 },
      can: { execute: false },
    })
    expect(await rowsOf(old.id)).toEqual([])
    await desk.execute(old.id).expect(409)
    expect(await rowsOf(executed)).toHaveLength(1)
    const events = await village.world.database.repository(EventRecord).findBy({ subjectId: old.id })
    expect(events.find(({ name }) => name === 'roster.cancelled')).toMatchObject({ actorId: null })
  })

  it('a cancelled import whose rows were not all deleted when the server stopped loses the rest within the hour', async () => {
    const [{ id }, other] = [await desk.lay([line('岳甲甲')]), await desk.lay([line('岳乙乙')])]
    const { database } = village.world
    await database.execute(`UPDATE roster_import SET state = 'cancelled', finishedAt = ? WHERE id = ?`, [
      NOON,
      id,
    ])
    await database
      .repository(RosterUploadChunk)
      .insert({ id: newId(), importId: id, position: 0, size: 1, content: 'eA==' })
    await afterDays(0)
    expect(await rowsOf(id)).toEqual([])
    expect(await database.repository(RosterUploadChunk).countBy({ importId: id })).toBe(0)
    expect(await rowsOf(other.id)).toHaveLength(1)
  })

  it('the rows of a finished import are deleted after 90 days; what was imported stays', async () => {
    const cells = line('岳十十')
    const { id } = await desk.import([cells, line('岳某', { 性别: '女' })])
    await afterDays(90)
    expect(await rowsOf(id)).toHaveLength(2)
    await afterDays(91)
    expect(await rowsOf(id)).toEqual([])
    expect(await desk.find(id)).toMatchObject({ state: 'done', can: { downloadRefused: false } })
    expect((await desk.memberOf(cells)).name).toBe('岳十十')
    // Done again it finds nothing to do.
    await afterDays(91)
    const deletions = await village.world.database
      .repository(EventRecord)
      .findBy({ subjectId: id, name: 'roster.rows-deleted' })
    expect(deletions).toMatchObject([{ data: { rows: 2 } }])
  })
})
