import request from 'supertest'
import type { OwnBinding } from '../../../server/contracts/organization/binding.js'
import type { RosterImport } from '../../../server/contracts/organization/roster-import.js'
import { PRIVACY_STATEMENT } from '../../../server/modules/privacy-statement.js'
import { Caller } from '../../support/world.js'
import { OPENIDS, type Village } from '../../support/village.js'
import { HEADINGS, soundRowWith, workbookOf } from '../../unit/roster/workbook-builder.js'
import { uploadAs } from '../access/two-counties.js'

/** What kind of value a field takes; `?` may be left out. */
export type Kind = 'text' | 'id' | 'ids' | 'month' | 'choice' | 'whole' | 'flag' | 'matches'
export interface Command {
  name: string
  body: Record<string, unknown>
  kinds: Record<string, Kind | `${Kind}?`>
  send(body: unknown): request.Test
}

/** Values that no field of a kind takes. */
export const WRONG: Record<Kind, unknown[]> = {
  text: [
    7,
    true,
    ['文字'],
    { text: '文字' },
    '',
    '长'.repeat(5000),
    '带\u0000零',
    '\u001b[31m',
    '半\ud800对',
  ],
  id: [7, {}, [], '', 'x', '党'.repeat(26), "' OR '1'='1' -- ", '0'.repeat(27), '00000000000000000000000 00'],
  ids: [
    7,
    'x',
    {},
    [7],
    [null],
    ['党'.repeat(26)],
    [[]],
    [{}],
    Array.from({ length: 2000 }, () => '0'.repeat(26)),
  ],
  month: [202611, '2026-13', '2026-00', '2026-1', '2026-11-01', '２０２６-11', '2026-11\n', ['2026-11'], {}],
  choice: ['constructor', '__proto__', '', 7, true, ['wage'], { toString: 'wage' }, 'WAGE'],
  whole: ['50', 1.5, -1, 1e21, true, [50], {}, Number.MAX_SAFE_INTEGER],
  flag: ['true', 1, 0, '', [], {}],
  matches: [
    7,
    'x',
    {},
    [7],
    [null],
    [{}],
    [{ name: 7 }],
    [{ name: '', unitId: 'x' }],
    [{ name: '村', colour: '红' }],
  ],
}

/** Every command, with a body that would be accepted. */
export async function commandsOf(village: Village): Promise<Command[]> {
  const { world, members, committee, dongling } = village
  const nobody = new Caller(world.baseUrl, '')
  const [li, zhou, chen, guiying, sun] = await Promise.all(
    (['li', 'zhou', 'chen', 'guiying', 'sun'] as const).map((person) => village.as(person)),
  )
  if (!li || !zhou || !chen || !guiying || !sun) throw new Error('somebody could not sign in')
  const claim = async (caller: Caller, openid: string) => {
    const phoneCode = await world.wechat.control.phoneCode(openid)
    return ((await caller.post('/bindings', { phoneCode }).expect(201)).body as OwnBinding).id
  }
  const unnamed = await claim(guiying, OPENIDS.guiying)
  const pending = await claim(sun, OPENIDS.sun)
  const file = await workbookOf({ rows: [HEADINGS, soundRowWith({})] })
  const { id: upload } = (await uploadAs(zhou, file).expect(201)).body as RosterImport

  const command = (
    name: string,
    caller: Caller,
    method: 'post' | 'put',
    path: string,
    fields: Record<string, [Kind | `${Kind}?`, unknown]>,
  ): Command => ({
    name,
    body: Object.fromEntries(Object.entries(fields).map(([field, [, value]]) => [field, value])),
    kinds: Object.fromEntries(Object.entries(fields).map(([field, [kind]]) => [field, kind])),
    // As text, because a client would tidy up what is meant to be odd.
    send: (body) =>
      request(world.baseUrl)
        [method](`/api/v1${path}`)
        .set({ authorization: `Bearer ${caller.token}`, 'idempotency-key': 'one-and-the-same' })
        .type('json')
        .send(JSON.stringify(body)),
  })
  const member = `/members/${members.chen.id}`
  const roster = `/roster-imports/${upload}`
  return [
    command('sign in', nobody, 'post', '/sessions', {
      code: ['text', 'abc'],
      privacyVersion: ['whole', PRIVACY_STATEMENT.version],
      deviceName: ['text?', '华为'],
    }),
    command('refresh', nobody, 'post', '/session-refreshes', { refreshToken: ['text', 'abc'] }),
    command('choose preferences', chen, 'put', '/me/preferences', { textSize: ['choice', 'large'] }),
    command('claim', await village.as('stranger'), 'post', '/bindings', { phoneCode: ['text', 'abc'] }),
    command('say one’s name', guiying, 'post', `/bindings/${unnamed}/name`, { name: ['text', '王小明'] }),
    command('turn a claim down', li, 'post', `/bindings/${pending}/rejection`, {
      reason: ['text', '不是本人'],
    }),
    command('undo a binding', li, 'post', `/bindings/${pending}/undoing`, { reason: ['text', '登记有误'] }),
    command('found a unit', zhou, 'post', '/units', {
      parentId: ['id', committee.id],
      kind: ['choice', 'branch'],
      name: ['text', '南坡村党支部'],
      phone: ['text?', '0990-6120199'],
    }),
    command('change the policy', zhou, 'put', `/units/${dongling.id}/dues-policy`, {
      farmerFen: ['whole', 50],
      rounding: ['choice', 'jiao'],
    }),
    command('read full numbers', li, 'post', `${member}/disclosures`, { reason: ['text', '寄信'] }),
    command('assess', zhou, 'post', `${member}/assessments`, {
      fromMonth: ['month', '2026-11'],
      duesClass: ['choice', 'wage'],
      baseFen: ['whole?', 500_000],
      reason: ['text', '调整工资'],
    }),
    command('pay', chen, 'post', '/payments', { billIds: ['ids', [`${members.chen.id}202611`]] }),
    command('generate', zhou, 'post', '/dues-generations', {
      month: ['month', '2026-11'],
      unitId: ['id?', dongling.id],
    }),
    command('match units', zhou, 'put', `${roster}/unit-matches`, {
      matches: ['matches', [{ name: '东岭', unitId: dongling.id }]],
    }),
    command('tick', zhou, 'put', `${roster}/ticks`, { ticked: ['flag', true], rowIds: ['ids?', []] }),
    command('import', zhou, 'post', `${roster}/execution`, { assessmentMonth: ['month', '2026-11'] }),
  ]
}
