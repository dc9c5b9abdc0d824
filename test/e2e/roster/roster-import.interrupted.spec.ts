import type { RosterImport } from '../../../server/contracts/organization/roster-import.js'
import { RosterImportRow } from '../../../server/modules/organization/roster/roster-import-row.entity.js'
import { RosterUploadChunk } from '../../../server/modules/organization/roster/roster-upload-chunk.entity.js'
import { RowClassifier } from '../../../server/modules/organization/roster/row-classifier.js'
import { RosterWriter } from '../../../server/modules/organization/roster/roster-writer.js'
import { Clock } from '../../../server/platform/config/clock.js'
import { Scheduler } from '../../../server/platform/jobs/scheduler.js'
import { NOON, openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line, rosterOf, type Line } from './import-desk.js'
import { upload } from './workbooks.js'

/** As many rows as are written in one transaction. */
const CHUNK = 200
const PEOPLE = 250

describe('An import that was interrupted goes on where it was', () => {
  let village: Village
  let desk: ImportDesk
  let lines: Line[]
  let membersBefore: number

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
  })
  beforeEach(async () => {
    lines = Array.from({ length: PEOPLE }, (_, index) => line(`党员${'甲乙丙丁戊己庚辛壬癸'[index % 10]}`))
    membersBefore = (await desk.stored()).members.length
  })
  afterEach(() => jest.restoreAllMocks())
  afterAll(() => village.world.close())

  const passMinutes = (minutes: number) => {
    const { world } = village
    world.turnClockTo(new Date(world.app.get(Clock).now().getTime() + minutes * 60_000))
  }

  /** From the second chunk on, the process dies after having written and before having committed. */
  const dieInTheSecondChunk = (times: number) => {
    const writer = village.world.app.get(RosterWriter)
    const write = writer.write.bind(writer)
    let calls = 0
    return jest.spyOn(writer, 'write').mockImplementation(async (rows, record) => {
      await write(rows, record)
      calls += 1
      if (calls > 1 && calls <= 1 + times) throw new Error('the process died')
    })
  }

  const expectEverybodyOnce = async () => {
    const { members, assessments } = await desk.stored()
    expect(members).toHaveLength(membersBefore + PEOPLE)
    const numbers = members.map(({ idNumber }) => idNumber)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const cells of lines) {
      const member = members.find(({ idNumber }) => idNumber === cells['公民身份号码'])
      expect(assessments.filter(({ memberId }) => memberId === member?.id)).toHaveLength(1)
    }
  }

  describe('while it is read', () => {
    const uploadOf = async () =>
      (await upload(desk.officer, await rosterOf(lines)).expect(201)).body as RosterImport
    /** The second handful of rows is where something happens, once or again and again. */
    const inTheSecondHandful = (happens: () => Promise<void>, times = 1) => {
      const classifier = village.world.app.get(RowClassifier)
      const classify = classifier.classify.bind(classifier)
      let calls = 0
      return jest.spyOn(classifier, 'classify').mockImplementation(async (...asked) => {
        await classify(...asked)
        calls += 1
        if (calls > 1 && calls <= 1 + times) await happens()
      })
    }
    const die = () => Promise.reject(new Error('the process died'))
    const chunksOf = (importId: string) =>
      village.world.database.repository(RosterUploadChunk).countBy({ importId })

    it('nothing is waited for: the answer comes before a row is read', async () => {
      const answer = await uploadOf()
      expect(answer).toMatchObject({
        state: 'reading',
        counts: { total: 0 },
        can: { cancel: true, execute: false, matchUnits: false, downloadRefused: false },
      })
      expect(await chunksOf(answer.id)).toBe(1)
      await desk.execute(answer.id).expect(409)
      await village.world.settle()
      expect(await desk.find(answer.id)).toMatchObject({ state: 'preview', counts: { new: PEOPLE } })
      expect(await chunksOf(answer.id)).toBe(0)
    })

    it('rows that were stored stay, the others are read, and each is there once', async () => {
      inTheSecondHandful(die)
      const { id } = await uploadOf()
      await village.world.settle()
      expect(await desk.find(id)).toMatchObject({
        state: 'reading',
        progress: { done: CHUNK, total: PEOPLE },
        counts: { total: CHUNK },
      })
      passMinutes(2)
      await village.world.settle()
      expect(await desk.find(id)).toMatchObject({
        state: 'preview',
        progress: { done: 0, total: 0 },
        counts: { total: PEOPLE, new: PEOPLE },
      })
      const numbers = (await desk.rows(id)).map(({ rowNumber }) => rowNumber)
      expect(numbers).toEqual(Array.from({ length: PEOPLE }, (_, index) => index + 2))
    })

    it('interrupted again and again it is given up in words: the file is deleted at once, its rows within the hour', async () => {
      inTheSecondHandful(die, Infinity)
      const { id } = await uploadOf()
      for (let attempt = 1; attempt <= 5; attempt++) {
        await village.world.settle()
        passMinutes(10)
      }
      expect(await desk.find(id)).toMatchObject({
        state: 'unreadable',
        problem: expect.stringMatching(/没有读完.*请重新上传/),
        can: { cancel: false, execute: false, matchUnits: false, downloadRefused: false },
      })
      expect(await chunksOf(id)).toBe(0)
      await desk.officer.get(`/roster-imports/${id}/refused-rows`).expect(404)
      await village.world.app.get(Scheduler).beat('roster.forgetting')
      expect((await desk.find(id)).counts.total).toBe(0)
      village.world.turnClockTo(NOON)
    })

    it('cancelled in the middle, the reading stops and nothing of it stays', async () => {
      const answer = await uploadOf()
      const reading = inTheSecondHandful(async () => {
        await desk.officer.delete(`/roster-imports/${answer.id}`).expect(200)
      })
      await village.world.settle()
      expect(reading).toHaveBeenCalledTimes(2)
      expect(await desk.find(answer.id)).toMatchObject({ state: 'cancelled', counts: { total: 0 } })
      expect(await chunksOf(answer.id)).toBe(0)
    })

    it('a process that was only slow does not go on beside its successor', async () => {
      const { id } = await uploadOf()
      const successor = await village.world.anotherServer(NOON)
      inTheSecondHandful(async () => {
        passMinutes(2)
        successor.turnClockTo(village.world.app.get(Clock).now())
        await successor.settle()
      })
      await village.world.settle()
      expect(await desk.find(id)).toMatchObject({ state: 'preview', counts: { total: PEOPLE } })
      expect(await desk.rows(id)).toHaveLength(PEOPLE)
      await successor.close()
      village.world.turnClockTo(NOON)
    })
  })

  it('what was committed stays, what was not is done again, and everybody is there once', async () => {
    const writing = dieInTheSecondChunk(1)
    const { id } = await desk.lay(lines)
    const interrupted = await desk.carryOut(id)
    expect(interrupted).toMatchObject({ state: 'importing', progress: { done: CHUNK, total: PEOPLE } })
    expect((await desk.stored()).members).toHaveLength(membersBefore + CHUNK)
    passMinutes(2)
    await village.world.settle()
    expect(await desk.find(id)).toMatchObject({ state: 'done', progress: { done: PEOPLE, total: PEOPLE } })
    expect(writing).toHaveBeenCalledTimes(3)
    await expectEverybodyOnce()
  })

  it('interrupted again and again it is given up in words; the same file once more completes it', async () => {
    dieInTheSecondChunk(Infinity)
    const { id } = await desk.lay(lines)
    await desk.execute(id).expect(201)
    for (let attempt = 1; attempt <= 5; attempt++) {
      await village.world.settle()
      passMinutes(10)
    }
    expect(await desk.find(id)).toMatchObject({
      state: 'failed',
      progress: { done: CHUNK, total: PEOPLE },
      problem: '导入中途停下了，已导入的行有效。请重新上传同一份文件，系统只导入剩下的行。',
    })
    jest.restoreAllMocks()
    village.world.turnClockTo(new Date('2026-11-21T04:00:00Z'))
    const again = await desk.lay(lines)
    expect(again.counts).toMatchObject({ same: CHUNK, new: PEOPLE - CHUNK })
    await desk.carryOut(again.id)
    await expectEverybodyOnce()
  })

  it('cancelled before it began, nothing personal of it is left', async () => {
    const { id } = await desk.lay(lines.slice(0, 3))
    const { database } = village.world
    expect(await database.repository(RosterImportRow).countBy({ importId: id })).toBe(3)
    const answer = await desk.officer.delete(`/roster-imports/${id}`).expect(200)
    expect(answer.body).toMatchObject({
      state: 'cancelled',
      counts: { total: 0 },
      can: { matchUnits: false, execute: false, cancel: false, downloadRefused: false },
    })
    expect(await database.repository(RosterImportRow).countBy({ importId: id })).toBe(0)
    await desk.execute(id).expect(409)
    await desk.officer.delete(`/roster-imports/${id}`).expect(409)
    await desk.officer.get(`/roster-imports/${id}/refused-rows`).expect(404)
    expect(await desk.rows(id)).toEqual([])
    await village.world.settle()
    expect((await desk.stored()).members).toHaveLength(membersBefore)
  })

  it('cancelled and executed at the same moment, it is one of the two', async () => {
    const { id } = await desk.lay(lines.slice(0, 3))
    const [executed, cancelled] = await Promise.all([
      desk.execute(id),
      desk.officer.delete(`/roster-imports/${id}`),
    ])
    expect([executed.status, cancelled.status].sort()).not.toEqual([409, 409])
    await village.world.settle()
    const { state } = await desk.find(id)
    expect(state).toBe(cancelled.status === 200 ? 'cancelled' : 'done')
    expect((await desk.stored()).members.length).toBe(membersBefore + (state === 'done' ? 3 : 0))
  })
})
