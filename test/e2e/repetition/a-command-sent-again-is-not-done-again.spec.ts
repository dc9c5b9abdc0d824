import { newId } from '../../../server/platform/database/ids.js'
import { IdempotencyKeys } from '../../../server/platform/idempotency/idempotency-keys.js'
import { openVillage, type Village } from '../../support/village.js'
import { refusalIn } from '../bad-input/refusal.js'
import { COMMANDS, type Prepared } from './commands.js'

describe('a command sent again is not done again', () => {
  let village: Village
  beforeAll(async () => {
    village = await openVillage()
  })
  afterAll(() => village.world.close())

  describe.each(Object.entries(COMMANDS))('%s', (_, prepare) => {
    let command: Prepared
    beforeEach(async () => {
      command = await prepare(village)
      expect(await command.effects()).toBe(0)
    })

    it('sent again after the answer was lost: the same answer, done once; something else under the key is refused', async () => {
      const key = newId()
      const first = await command.send(key).expect(201)
      const again = await command.send(key).expect(201)
      expect(again.body).toEqual(first.body)
      expect(again.headers['content-type']).toBe(first.headers['content-type'])
      const other = refusalIn(await command.sendOther(key))
      expect(other).toMatchObject({ status: 409, code: 'request.key-reused' })
      expect(await command.effects()).toBe(1)
    })

    it('twice at the same moment: done once, and then both are told the same', async () => {
      const key = newId()
      const answers = await Promise.all([command.send(key), command.send(key)])
      const done = answers.filter(({ status }) => status === 201)
      expect(done.length).toBeGreaterThan(0)
      for (const answer of answers.filter(({ status }) => status !== 201)) {
        expect(['request.still-running', 'request.already-done']).toContain(refusalIn(answer).code)
        expect(answer.status).toBe(409)
      }
      const later = await command.send(key).expect(201)
      for (const answer of done) expect(answer.body).toEqual(later.body)
      expect(await command.effects()).toBe(1)
    })

    it('the process dies between commit and answer: sent again, it is said to be done and not done again', async () => {
      const key = newId()
      // What was to be kept never reaches the table, as if the machine had stopped there.
      const keep = jest.spyOn(IdempotencyKeys.prototype, 'keep').mockRejectedValueOnce(new Error('gone'))
      await command.send(key).expect(201)
      expect(keep).toHaveBeenCalledTimes(1)
      keep.mockRestore()
      const again = refusalIn(await command.send(key))
      expect(again).toMatchObject({
        status: 409,
        code: 'request.already-done',
        message: '这次操作已经完成，请刷新查看。',
      })
      expect(await command.effects()).toBe(1)
    })

    it('the process dies before the commit: nothing is done, and sent again it is done', async () => {
      const key = newId()
      const commit = jest.spyOn(IdempotencyKeys.prototype, 'commit').mockRejectedValueOnce(new Error('gone'))
      expect((await command.send(key)).status).toBe(500)
      commit.mockRestore()
      expect(await command.effects()).toBe(0)
      await command.sendAnew(key).expect(201)
      expect(await command.effects()).toBe(1)
    })

    it('a key that is none is refused by its name, and nothing is done', async () => {
      for (const key of ['short', 'x'.repeat(65), 'with space in it', 'quote"quote"', '']) {
        const problem = refusalIn(await command.send(key))
        expect(problem).toMatchObject({ status: 400, code: 'request.key' })
        expect(problem.fields).toEqual([
          { field: 'Idempotency-Key', message: expect.stringContaining('8 到 64') },
        ])
      }
      expect(await command.effects()).toBe(0)
    })
  })
})
