import request from 'supertest'
import type { RosterImport } from '../../../server/contracts/organization/roster-import.js'
import { checkCharacter } from '../../../server/modules/organization/members/id-number.rules.js'
import type { UnitRecord } from '../../../server/modules/organization/units/unit.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import type { Caller } from '../../support/world.js'
import { HEADINGS, soundRowWith, workbookOf } from '../../unit/roster/workbook-builder.js'
import { choiceParameter, flag, id, ids, kindOf, month, optional, PAGE } from './fields.js'
import { newcomer } from './members.js'
import type { RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'
import { MONTH, type TwoCounties } from './stage/two-counties.js'
import { unit } from './units.js'

const matches = kindOf([
  ...[7, 'x', {}, [7], [null], [{}]],
  ...[[{ name: 7 }], [{ name: '', unitId: 'x' }], [{ name: '村', colour: '红' }]],
])

/** What all of them have in common. */
const officersOnly = {
  permission: 'roster.import',
  answers: { officer: '200/404' },
  about: 'scope',
} as const

export const rosterImports: RouteDescription[] = [
  {
    ...officersOnly,
    route: 'POST /api/v1/roster-imports',
    answers: { officer: '201/404' },
    body: { unitId: optional(id(unit)) },
    file: async ({ counties }) => ({ name: '花名册.xlsx', bytes: await rosterOf(counties.village.dongling) }),
    writes: ['roster_import', 'roster_upload_chunk', 'job'],
    repeated: { underKey: true },
  },
  { ...officersOnly, route: 'GET /api/v1/roster-imports', answers: { officer: 200 }, list: [''] },
  { ...officersOnly, route: 'GET /api/v1/roster-imports/{id}', path: { id: anImport } },
  {
    ...officersOnly,
    route: 'GET /api/v1/roster-imports/{id}/rows',
    path: { id: anImport },
    query: { kind: choiceParameter(), ...PAGE },
  },
  {
    ...officersOnly,
    route: 'PUT /api/v1/roster-imports/{id}/unit-matches',
    path: { id: anImport },
    body: {
      matches: matches(async (scene: Scene) => {
        const { dongling, committee } = scene.counties.village
        const { unknownUnits } = await importOfOurs(scene)
        const founded = `${newId().slice(-8)}村`
        return [
          ...unknownUnits.map(({ name }) => ({ name, unitId: dongling.id })),
          { name: founded, createUnder: committee.id },
        ]
      }),
    },
    writes: ['roster_import', 'roster_import_row', 'unit_alias', 'unit', 'org_node', 'dues_policy_period'],
  },
  {
    ...officersOnly,
    route: 'PUT /api/v1/roster-imports/{id}/ticks',
    path: { id: anImport },
    body: { ticked: flag(false), rowIds: optional(ids()) },
    writesSometimes: { roster_import_row: 'the uploaded file proposes no change of a stored member' },
    withoutEvent: 'the ticks of a preview count when it is carried out, and that leaves one',
  },
  {
    ...officersOnly,
    route: 'POST /api/v1/roster-imports/{id}/execution',
    answers: { officer: '201/404' },
    path: { id: anImport },
    body: { assessmentMonth: month(MONTH) },
    writes: ['roster_import', 'job'],
    repeated: { underKey: true, another: { assessmentMonth: () => '2026-10' } },
  },
  {
    ...officersOnly,
    route: 'GET /api/v1/roster-imports/{id}/refused-rows',
    path: { id: anImport },
    writes: ['event'],
    withoutJson: true,
    uncovers: 'the officer gets back what the officer has sent, to correct it',
  },
  {
    ...officersOnly,
    route: 'GET /api/v1/roster-imports/{id}/absences',
    path: { id: doneImport },
    query: PAGE,
  },
  {
    ...officersOnly,
    route: 'POST /api/v1/roster-imports/{id}/absences/{memberId}/answer',
    answers: { officer: '201/404' },
    path: { id: doneImport, memberId: newcomer },
    writes: ['roster_absence_answer'],
    repeated: { underKey: true },
  },
  {
    ...officersOnly,
    route: 'DELETE /api/v1/roster-imports/{id}',
    path: { id: anImport },
    writes: ['roster_import', 'roster_import_row'],
  },
]

const ID_NUMBER_START = '99010219700101'
/** What every roster here says of its people, and no answer may repeat. */
export const PLANTED_IN_FILES = ['19987650001', '杏花巷 12 号', ID_NUMBER_START]

let numbers = 0

/**
 * A roster of a branch with one new member, whose number was never used, one in a branch by a name that was never used, and one row
 * that is refused.
 */
function rosterOf(branch: UnitRecord): Promise<Buffer> {
  const person = {
    姓名: '钱伯安',
    ...newNumber(),
    出生日期: '1970-01-01',
    所在党支部: branch.name,
    联系电话: PLANTED_IN_FILES[0],
  }
  const elsewhere = { ...person, ...newNumber(), 所在党支部: `不知第${numbers}支部` }
  const refused = { ...person, 姓名: '冯无号', 公民身份号码: ID_NUMBER_START }
  return workbookOf({ rows: [HEADINGS, ...[person, elsewhere, refused].map(soundRowWith)] })
}

function newNumber() {
  numbers += 1
  const body = `${ID_NUMBER_START}${String(numbers % 1000).padStart(3, '0')}`
  return { 性别: numbers % 2 === 1 ? '男' : '女', 公民身份号码: `${body}${checkCharacter(body)}` }
}

/** @param unitId the caller's own committee when not given */
export function uploadAs(caller: Caller, file: Buffer, unitId?: string): request.Test {
  const upload = request(caller.baseUrl)
    .post('/api/v1/roster-imports')
    .set('authorization', `Bearer ${caller.token}`)
  return (unitId ? upload.field('unitId', unitId) : upload).attach('file', file, '花名册.xlsx')
}

/**
 * Uploads a roster of the branch and has it read.
 * @param unit where it is imported; the branch itself when not given
 */
export async function importInto(
  { village }: TwoCounties,
  officer: Caller,
  branch: UnitRecord,
  unit = branch,
): Promise<RosterImport> {
  const answer = await uploadAs(officer, await rosterOf(branch), unit.id).expect(201)
  await village.world.settle()
  const { id } = answer.body as RosterImport
  return (await officer.get(`/roster-imports/${id}`).expect(200)).body as RosterImport
}

/** An import into the county, one of the officer of the other county, or none. */
async function anImport(scene: Scene): Promise<string> {
  const { counties, side, kept } = scene
  if (side === 'nowhere') return newId()
  if (side === 'inside') return (await importOfOurs(scene)).id
  const { officer, branch } = counties.abroad
  return (await kept('an import abroad', () => importInto(counties, officer, branch))).id
}

/** An import of ours that is done: it names nobody who was in the branch before. */
async function doneImport(scene: Scene): Promise<string> {
  if (scene.side !== 'inside') return anImport(scene)
  const { counties, kept } = scene
  const { id } = await kept('a done import', async () => {
    const { village, callers } = counties
    const laid = await importInto(counties, callers.officer, village.dongling, village.committee)
    await callers.officer.post(`/roster-imports/${laid.id}/execution`, { assessmentMonth: MONTH }).expect(201)
    await village.world.settle()
    return laid
  })
  return id
}

const importOfOurs = ({ counties, kept }: Scene): Promise<RosterImport> => {
  const { village, callers } = counties
  return kept('an import of ours', () =>
    importInto(counties, callers.officer, village.dongling, village.committee),
  )
}
