import type { Problem } from '../../../server/contracts/problem.js'
import { AssessmentRecord } from '../../../server/modules/organization/dues/assessment.entity.js'
import { RosterImportRecord } from '../../../server/modules/organization/roster/roster-import.entity.js'
import { EventRecord } from '../../../server/platform/audit/event.entity.js'
import { openVillage, type Village } from '../../support/village.js'
import { handmadeParts, textRow, zipOf, HEADINGS } from '../../unit/roster/workbook-builder.js'
import { ImportDesk, line, type Line } from './import-desk.js'
import { textOf, upload } from './workbooks.js'

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
      'roster.uploaded',
    ])
    for (const { name, actorId } of events) {
      expect(actorId).toBe(name === 'roster.uploaded' ? record.uploadedBy : executorId)
    }
    expect(events.find(({ name }) => name === 'roster.execution-requested')?.data).toEqual({
      rows: 1,
      assessmentMonth: '2026-11',
    })
    const assessments = await village.world.database
      .repository(AssessmentRecord)
      .findBy({ memberId: (await uploader.memberOf(cells)).id })
    expect(assessments.map(({ assessedBy }) => assessedBy)).toEqual([executorId])
  })

  it('each member: that they were added, and which fields changed, but no value', async () => {
    const cells = line('樊玉芳')
    const added = await allAs([cells], '2026-06')
    const after: Line = { ...cells, 联系电话: '19980009911', 家庭住址: '云溪县临水街 8 号', 计算基数: 9000 }
    const changed = await allAs([after])
    const member = await uploader.memberOf(cells)
    const events = (await eventsAbout(member.id)).filter(({ name }) => name.startsWith('member.'))
    const common = { actorId: executorId, unitId: village.dongling.id, subjectId: member.id }
    expect(events).toEqual([
      expect.objectContaining({ ...common, name: 'member.added', data: { importId: added } }),
      expect.objectContaining({
        ...common,
        name: 'member.changed',
        data: { importId: changed, fields: 'phone,address,baseFen' },
      }),
    ])
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

  it('nothing of a workbook reaches the console, however odd it is, and the console is left as it was', async () => {
    const { console: terminal } = globalThis
    const before = terminal.warn
    const output = jest.spyOn(terminal, 'warn').mockImplementation(() => undefined)
    const cells = line('樊文博')
    const name = `周明远990101198303216018${'的名册'.repeat(10)}`
    const parts = handmadeParts(
      textRow(1, [...HEADINGS]) +
        textRow(
          2,
          HEADINGS.map((heading) => textOf(cells[heading])),
        ),
    )
    const workbook = parts['xl/workbook.xml']?.replace('name="名册"', `name="${name}"`) ?? ''
    expect(workbook).toContain(name)
    const bytes = zipOf({ ...parts, 'xl/workbook.xml': workbook })
    // Excel allows no such name, so the library takes the file for damaged, having quoted it.
    const answers = await Promise.all([1, 2, 3].map(() => upload(uploader.officer, bytes)))
    for (const { body } of answers) expect(body).toMatchObject({ code: 'roster.workbook-damaged' })
    expect(JSON.stringify(answers.map(({ body }) => body as Problem))).not.toContain('周明远')
    expect(output).not.toHaveBeenCalled()
    expect(terminal.warn).toBe(output)
    output.mockRestore()
    expect(terminal.warn).toBe(before)
  })
})
