import fc from 'fast-check'
import { openVillage, type Village } from '../../support/village.js'
import { commandsOf, WRONG, type Command, type Kind } from './commands.js'
import { fieldsIn, refusalIn, rowCounts } from './refusal.js'

/** Names are given to Jest before the village stands. */
const COMMANDS = [
  'sign in',
  'refresh',
  'choose preferences',
  'claim',
  'say one’s name',
  'turn a claim down',
  'undo a binding',
  'found a unit',
  'change the policy',
  'read full numbers',
  'assess',
  'pay',
  'generate',
  'match units',
  'tick',
  'import',
]

describe('every command names the field that is wrong, and stores nothing', () => {
  let village: Village
  let commands: Command[]
  let before: Record<string, number>

  beforeAll(async () => {
    village = await openVillage()
    commands = await commandsOf(village)
  })
  afterAll(() => village.world.close())

  const commandOf = (name: string): Command => {
    const found = commands.find((command) => command.name === name)
    if (!found) throw new Error(`no command “${name}”`)
    return found
  }

  it('all commands are here', () => {
    expect(commands.map(({ name }) => name)).toEqual(COMMANDS)
  })

  describe.each(COMMANDS)('%s', (name) => {
    beforeEach(async () => {
      before = await rowCounts(village.world)
    })
    afterEach(async () => expect(await rowCounts(village.world)).toEqual(before))

    it('refuses wrong values at their field', async () => {
      const { body, kinds, send } = commandOf(name)
      for (const [field, kind] of Object.entries(kinds)) {
        for (const wrong of WRONG[kind.replace('?', '') as Kind]) {
          const answer = await send({ ...body, [field]: wrong })
          const named = fieldsIn(answer).map((path) => path.split('.')[0])
          expect([answer.status, wrong, named]).toEqual([400, wrong, expect.arrayContaining([field])])
        }
      }
    })

    it('says of a field that is missing that it is missing', async () => {
      const { body, kinds, send } = commandOf(name)
      for (const [field, kind] of Object.entries(kinds)) {
        if (kind.endsWith('?')) continue
        const { [field]: _, ...others } = body
        const { code, fields } = refusalIn(await send(others))
        expect([code, fields]).toEqual(['request.invalid', [{ field, message: '没有填写' }]])
      }
    })

    it.each([['colour'], ['id'], ['state'], ['amountFen'], ['accountId'], ['toString']])(
      'refuses the field %s, which it does not know',
      async (unknown) => {
        const { body, send } = commandOf(name)
        expect(fieldsIn(await send({ ...body, [unknown]: 1 }))).toContain(unknown)
      },
    )

    it.each([
      ['a list', []],
      ['a text', '文字'],
      ['nothing', null],
      ['a number', 7],
      ['yes', true],
    ])('refuses %s in place of an object', async (_, body) => {
      refusalIn(await commandOf(name).send(body))
    })
  })

  it('whatever JSON is sent to whatever command, it is refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...commands), fc.jsonValue(), async ({ send, body }, value) => {
        refusalIn(await send(value))
        const [field = ''] = Object.keys(body)
        const half = await send({ ...body, [field]: value })
        expect(half.status).toBeLessThan(500)
      }),
      { numRuns: 150 },
    )
  })
})
