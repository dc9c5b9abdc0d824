import request from 'supertest'
import type { RosterImport } from '../../../server/contracts/organization/roster-import.js'
import { BindingRecord } from '../../../server/modules/organization/bindings/binding.entity.js'
import { AssessmentRecord } from '../../../server/modules/organization/dues/assessment.entity.js'
import { GenerationRecord } from '../../../server/modules/organization/dues/generation.entity.js'
import { RosterImportRecord } from '../../../server/modules/organization/roster/roster-import.entity.js'
import { IMPORT_ROSTER } from '../../../server/modules/organization/roster/roster.jobs.js'
import { UnitRecord } from '../../../server/modules/organization/units/unit.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { Job } from '../../../server/platform/jobs/job.entity.js'
import type { BuiltMember } from '../../../server/seeds/county-builder.js'
import type { Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { line, rosterOf } from '../roster/import-desk.js'

/** A command on things of its own, ready to be sent. */
export interface Prepared {
  caller: Caller
  /** Sends the same once more. */
  send: (key?: string) => request.Test
  /** Sends something else that would be accepted as well. */
  sendOther: (key: string) => request.Test
  /** Sends it anew after nothing came of it; the same, but where WeChat's code is used up. */
  sendAnew: (key: string) => request.Test
  /** How often it was done. */
  effects: () => Promise<number>
}

type Prepare = (village: Village) => Promise<Prepared>

const MONTH = '2026-11'
let serial = 0
const nextPhone = () => `1996${String(++serial).padStart(7, '0')}`

function under(test: request.Test, key: string | undefined): request.Test {
  return key === undefined ? test : test.set('idempotency-key', key)
}

const json = (caller: Caller, path: string, body: object, other: object, otherPath = path) => ({
  caller,
  send: (key?: string) => under(caller.post(path, body), key),
  sendOther: (key: string) => under(caller.post(otherPath, other), key),
  sendAnew: (key: string) => under(caller.post(path, body), key),
})

/** Somebody with a telephone that the roster knows, once or for a couple. */
async function newcomer({ world, dongling }: Village, names: string[]) {
  const phone = nextPhone()
  const openid = `o-${newId()}`
  const members: BuiltMember[] = []
  for (const name of names) members.push(await world.county.member(dongling, { name, phone }))
  await world.person(openid, phone)
  const accountId = await world.county.account(openid)
  const caller = await world.signIn(openid)
  const phoneCode = () => world.wechat.control.phoneCode(openid)
  return { members, caller, accountId, phoneCode }
}

/** A claim that waits for the branch, or that was confirmed. */
async function claim({ world, dongling }: Village, state: 'pending' | 'confirmed'): Promise<string> {
  const member = await world.county.member(dongling, { name: '周来宾', phone: nextPhone() })
  const accountId = await world.county.account(`o-${newId()}`)
  const id = newId()
  await world.database.repository(BindingRecord).insert({
    id,
    kind: 'own',
    accountId,
    memberId: member.id,
    state,
    phone: '19960000000',
    accountKey: accountId,
    memberKey: member.id,
    claimedAt: new Date('2026-11-20T02:00:00Z'),
    decidedBy: null,
    decidedAt: null,
    reason: null,
  })
  return id
}

const decision =
  (verb: 'confirmation' | 'rejection' | 'undoing', event: string): Prepare =>
  async (village) => {
    const secretary = await village.as('li')
    const state = verb === 'undoing' ? 'confirmed' : 'pending'
    const id = await claim(village, state)
    const another = await claim(village, state)
    const body = verb === 'confirmation' ? {} : { reason: '核对过了' }
    return {
      ...json(secretary, `/bindings/${id}/${verb}`, body, body, `/bindings/${another}/${verb}`),
      effects: async () => {
        const rows = await village.world.database.query(
          'SELECT id FROM event WHERE name = ? AND subjectId = ?',
          [event, id],
        )
        return rows.length
      },
    }
  }

/** Every route that takes a key, by its line in the table of permissions. */
export const COMMANDS: Record<string, Prepare> = {
  'POST /api/v1/bindings': async (village) => {
    const { caller, accountId, phoneCode } = await newcomer(village, ['孙新'])
    const other = { phoneCode: await phoneCode() }
    return {
      ...json(caller, '/bindings', { phoneCode: await phoneCode() }, other),
      sendAnew: (key) => under(caller.post('/bindings', other), key),
      effects: () => village.world.database.repository(BindingRecord).countBy({ accountId }),
    }
  },

  'POST /api/v1/bindings/{id}/name': async (village) => {
    const { caller, accountId, phoneCode } = await newcomer(village, ['钱一', '钱二'])
    const { body } = await caller.post('/bindings', { phoneCode: await phoneCode() }).expect(201)
    const { id } = body as { id: string }
    return {
      ...json(caller, `/bindings/${id}/name`, { name: '钱一' }, { name: '钱二' }),
      effects: () =>
        village.world.database.repository(BindingRecord).countBy({ accountId, state: 'pending' }),
    }
  },

  'POST /api/v1/bindings/{id}/confirmation': decision('confirmation', 'binding.confirmed'),
  'POST /api/v1/bindings/{id}/rejection': decision('rejection', 'binding.rejected'),
  'POST /api/v1/bindings/{id}/undoing': decision('undoing', 'binding.undone'),

  'POST /api/v1/units': async (village) => {
    const name = `第${newId()}党小组`
    const body = { parentId: village.dongling.id, kind: 'group', name }
    return {
      ...json(await village.as('zhou'), '/units', body, { ...body, name: `${name}甲` }),
      effects: () => village.world.database.repository(UnitRecord).countBy({ name }),
    }
  },

  'POST /api/v1/members/{id}/assessments': async (village) => {
    const { id } = await village.world.county.member(village.dongling, { name: '郑核', phone: nextPhone() })
    const body = { fromMonth: MONTH, duesClass: 'retired', baseFen: 400_000, reason: '养老金调整' }
    return {
      ...json(await village.as('zhou'), `/members/${id}/assessments`, body, { ...body, baseFen: 500_000 }),
      effects: () => village.world.database.repository(AssessmentRecord).countBy({ memberId: id }),
    }
  },

  'POST /api/v1/dues-generations': async (village) => {
    const unit = await village.world.county.unit('branch', `账单${newId()}支部`, village.committee)
    const body = { month: MONTH, unitId: unit.id }
    return {
      ...json(await village.as('zhou'), '/dues-generations', body, { ...body, month: '2026-10' }),
      effects: () => village.world.database.repository(GenerationRecord).countBy({ unitId: unit.id }),
    }
  },

  'POST /api/v1/roster-imports': async (village) => {
    const caller = await village.as('zhou')
    const unit = await village.world.county.unit('branch', `导入${newId()}支部`, village.committee)
    const files = [await rosterOf([line('冯一')]), await rosterOf([line('冯二')])]
    const upload = (file: Buffer | undefined, key?: string) =>
      under(
        request(caller.baseUrl).post('/api/v1/roster-imports').set('authorization', `Bearer ${caller.token}`),
        key,
      )
        .field('unitId', unit.id)
        // Picked again, a phone hands the same file over under another name.
        .attach('file', file ?? Buffer.alloc(0), `花名册${++serial}.xlsx`)
    return {
      caller,
      send: (key) => upload(files[0], key),
      sendOther: (key) => upload(files[1], key),
      sendAnew: (key) => upload(files[0], key),
      effects: () => village.world.database.repository(RosterImportRecord).countBy({ unitId: unit.id }),
    }
  },

  'POST /api/v1/roster-imports/{id}/execution': async (village) => {
    const zhou = await village.as('zhou')
    const unit = await village.world.county.unit('branch', `执行${newId()}支部`, village.committee)
    const upload = await request(zhou.baseUrl)
      .post('/api/v1/roster-imports')
      .set('authorization', `Bearer ${zhou.token}`)
      .field('unitId', unit.id)
      .attach('file', await rosterOf([line('陈行', { 所在党支部: unit.name })]), 'a.xlsx')
      .expect(201)
    const { id } = upload.body as RosterImport
    // Reading is a job of its own, and so is writing: only the second one counts here.
    await village.world.settle()
    const jobs = () => village.world.database.repository(Job).countBy({ subjectId: id, kind: IMPORT_ROSTER })
    const path = `/roster-imports/${id}/execution`
    return {
      ...json(zhou, path, { assessmentMonth: MONTH }, { assessmentMonth: '2026-10' }),
      effects: jobs,
    }
  },
}
