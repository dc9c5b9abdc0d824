import { AssessmentRecord } from '../../../server/modules/organization/dues/assessment.entity.js'
import { RosterImportRecord } from '../../../server/modules/organization/roster/roster-import.entity.js'
import { EventRecord } from '../../../server/platform/audit/event.entity.js'
import { openVillage, type Village } from '../../support/village.js'
import { handmadeParts, textRow, zipOf } from '../../support/workbook-files.js'
import { HEADINGS } from '../../unit/roster/workbook-builder.js'
import { ImportDesk, line, type Line } from './import-desk.js'
import { textOf } from './workbooks.js'

describe('The record says who imported what', () => {
  let village: Village
  let uploader: ImportDesk
  let executor: ImportDesk
  let executorId: string

  beforeAll(async () => {
    village = await openVillage()
    const { world } = village
    uploader = new ImportDesk(world, await village.as('zhou'))
    const openid = 'o-second-officer-0000000'
    await world.person(openid)
    const account = await world.county.account(openid)
    await world.county.grant(account, 'dues-officer', village.committee)
    executor = new ImportDesk(world, await world.signIn(openid))
    executorId = account
  })
  afterAll(() => village.world.close())

  const eventsAbout = (subjectId: string) =>
    village.world.database
      .repository(EventRecord)
      .find({ where: { subjectId }, order: { at: 'ASC', id: 'ASC' } })
  const allAs = async (lines: Line[], month?: string) => {
    const { id } = await uploader.lay(lines)
    await executor.carryOut(id, month)
    return id
  }

  it('who had it carried out is not who uploaded it', async () => {
    const cells = line('樊长河')
    const id = await allAs([cells])
    const record = await village.world.database.repository(RosterImportRecord).findOneByOrFail({ id })
    expect(record.executedBy).toBe(executorId)
    expect(record.uploadedBy).not.toBe(executorId)
    const events = await eventsAbout(id)
    expect(events.map(({ name }) => name).sort()).toEqual([
      'roster.execution-requested',
      'roster.imported',
      'roster.read',
      'roster.uploaded',
    ])
    const actors: Record<string, string | null> = {
      'roster.uploaded': record.uploadedBy,
      'roster.read': null,
    }
    for (const { name, actorId } of events) expect(actorId).toBe(name in actors ? actors[name] : executorId)
    expect(events.find(({ name }) => name === 'roster.read')?.data).toEqual({ rows: 1 })
    expect(events.find(({ name }) => name === 'roster.execution-requested')?.data).toEqual({
      rows: 1,
      assessmentMonth: '2026-11',
    })
    const assessments = await village.world.database
      .repository(AssessmentRecord)
      .findBy({ memberId: (await uploader.memberOf(cells)).id })
    expect(assessments.map(({ recordedBy }) => recordedBy)).toEqual([executorId])
  })

  it('each member: that they were added, and which fields changed, but no value', async () => {
    const cells = line('樊玉芳')
    const added = await allAs([cells], '2026-06')
    const after: Line = { ...cells, 联系电话: '19980009911', 家庭住址: '云溪县临水街 8 号', 计算基数: 9000 }
    const changed = await allAs([after])
    const member = await uploader.memberOf(cells)
    const all = await eventsAbout(member.id)
    const events = all.filter(({ name }) => name === 'member.added' || name === 'member.changed')
    const common = { actorId: executorId, unitId: village.dongling.id, subjectId: member.id }
    expect(events).toEqual([
      expect.objectContaining({ ...common, name: 'member.added', data: { importId: added } }),
      expect.objectContaining({
        ...common,
        name: 'member.changed',
        data: { importId: changed, fields: 'phone,address,baseFen' },
      }),
    ])
    expect(all.find(({ name }) => name === 'member.phone-changed')).toMatchObject({
      ...common,
      data: { enteredBy: executorId },
    })
    const everything = JSON.stringify(await village.world.database.repository(EventRecord).find())
    for (const heading of ['姓名', '公民身份号码', '联系电话', '家庭住址']) {
      expect(everything).not.toContain(textOf(after[heading]))
    }
  })

  it('what is not written is not recorded', async () => {
    const cells = line('樊守田')
    const early = await uploader.lay([cells])
    await allAs([cells])
    await executor.carryOut(early.id)
    const member = await uploader.memberOf(cells)
    expect((await eventsAbout(member.id)).map(({ name }) => name)).toEqual(['member.added'])
  })

  it('nothing of a workbook reaches the console or the record, be it read or refused', async () => {
    const { console: terminal } = globalThis
    const output = (['log', 'warn', 'error'] as const).map((method) =>
      jest.spyOn(terminal, method).mockImplementation(() => undefined),
    )
    const cells = line('樊文博')
    const name = `周明远990101198303216018${'的名册'.repeat(10)}`
    const texts = HEADINGS.map((heading) => textOf(cells[heading]))
    const parts = handmadeParts(textRow(1, [...HEADINGS]) + textRow(2, texts))
    const workbook = parts['xl/workbook.xml']?.replace('name="名册"', `name="${name}"`) ?? ''
    expect(workbook).toContain(name)
    const odd = { ...parts, 'xl/workbook.xml': workbook }
    const sheet = 'xl/worksheets/sheet1.xml'
    const [read, refused] = [
      await uploader.upload(zipOf(odd)),
      await uploader.upload(zipOf({ ...odd, [sheet]: `${parts[sheet]}<周明远` })),
    ]
    expect(read).toMatchObject({ state: 'preview', sheetName: name, counts: { total: 1 } })
    expect(refused).toMatchObject({ state: 'unreadable', problem: expect.stringContaining('损坏') })
    expect(refused.problem).not.toContain('周明远')
    const events = [...(await eventsAbout(read.id)), ...(await eventsAbout(refused.id))]
    expect(events.map(({ name: event }) => event).sort()).toEqual([
      'roster.read',
      'roster.unreadable',
      'roster.uploaded',
      'roster.uploaded',
    ])
    expect(JSON.stringify(events)).not.toContain('周明远')
    for (const method of output) {
      expect(method).not.toHaveBeenCalled()
      method.mockRestore()
    }
  })
})
