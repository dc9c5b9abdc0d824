import request from 'supertest'
import type { RosterImport } from '../../../server/contracts/organization/roster-import.js'
import type { Generation } from '../../../server/contracts/organization/generation.js'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import { checkCharacter } from '../../../server/modules/organization/members/id-number.rules.js'
import type { UnitRecord } from '../../../server/modules/organization/units/unit.entity.js'
import type { BuiltMember } from '../../../server/seeds/county-builder.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { HEADINGS, soundRowWith, workbookOf } from '../../unit/roster/workbook-builder.js'

/** Whoever may knock: `account` has signed in and is nobody on a roster. */
export type Role = 'nobody' | 'account' | 'member' | 'secretary' | 'officer' | 'superior'
export const ROLES: readonly Role[] = ['nobody', 'account', 'member', 'secretary', 'officer', 'superior']

export const MONTH = '2026-11'

/**
 * The village, and beyond the border 青河县 with 南湾村, where nobody of 云溪县 has any business.
 * 孙国强 is its secretary, 罗兰 its dues officer.
 */
export interface TwoCounties {
  village: Village
  callers: Record<Exclude<Role, 'nobody'>, Caller>
  abroad: {
    committee: UnitRecord
    branch: UnitRecord
    member: BuiltMember
    secretary: Caller
    officer: Caller
  }
  /** A roster of a branch with one new member and one row that is refused. */
  roster(unit: UnitRecord): Promise<Buffer>
  /** Uploads such a roster. */
  upload(officer: Caller, unit: UnitRecord): Promise<RosterImport>
  close(): Promise<void>
}

export async function openTwoCounties(): Promise<TwoCounties> {
  const village = await openVillage()
  const { world } = village
  const { county } = world
  const committee = await county.unit('committee', '中共青河县委员会', null, '0991-6120001')
  const branch = await county.unit('branch', '南湾村党支部', committee, '0991-6120102')
  const member = await county.member(branch, { name: '孙国强', phone: '19991110001' })
  const people = { secretary: 'o-sun-guoqiang-abroad-0', officer: 'o-luo-lan-abroad-000000' }
  await world.person(people.secretary)
  await world.person(people.officer)
  const account = await county.account(people.secretary)
  await county.bind(account, member)
  await county.grant(account, 'secretary', branch)
  await county.grant(await county.account(people.officer), 'dues-officer', committee)
  await county.bills(village.committee, MONTH)
  await county.bills(committee, MONTH)

  const [stranger, chen, li, zhou, gao] = await Promise.all(
    (['stranger', 'chen', 'li', 'zhou', 'gao'] as const).map((person) => village.as(person)),
  )
  if (!stranger || !chen || !li || !zhou || !gao) throw new Error('somebody could not sign in')
  let rosters = 0
  const roster = (unit: UnitRecord) => rosterOf(unit.name, (rosters += 1))
  return {
    village,
    callers: { account: stranger, member: chen, secretary: li, officer: zhou, superior: gao },
    abroad: {
      committee,
      branch,
      member,
      secretary: await world.signIn(people.secretary),
      officer: await world.signIn(people.officer),
    },
    roster,
    upload: async (officer, unit) => {
      const answer = await uploadAs(officer, await roster(unit)).expect(201)
      await world.settle()
      return (await officer.get(`/roster-imports/${(answer.body as RosterImport).id}`).expect(200))
        .body as RosterImport
    },
    close: () => world.close(),
  }
}

const ID_NUMBER_START = '99010219700101'
/** What every roster here says of its people, and no answer may repeat. */
export const PLANTED_IN_FILES = ['19987650001', '杏花巷 12 号', ID_NUMBER_START]

/** @param serial makes the new member's number one that was never used */
async function rosterOf(unitName: string, serial: number): Promise<Buffer> {
  const body = `${ID_NUMBER_START}${String(serial).padStart(3, '0')}`
  const idNumber = `${body}${checkCharacter(body)}`
  const sex = serial % 2 === 1 ? '男' : '女'
  const person = {
    姓名: '钱伯安',
    性别: sex,
    公民身份号码: idNumber,
    出生日期: '1970-01-01',
    所在党支部: unitName,
    联系电话: PLANTED_IN_FILES[0],
  }
  const refused = { ...person, 姓名: '冯无号', 公民身份号码: ID_NUMBER_START }
  return workbookOf({ rows: [HEADINGS, soundRowWith(person), soundRowWith(refused)] })
}

/** @param unitId the caller's own committee when not given */
export function uploadAs(caller: Caller, file: Buffer, unitId?: string): request.Test {
  const upload = request(caller.baseUrl)
    .post('/api/v1/roster-imports')
    .set('authorization', `Bearer ${caller.token}`)
  return (unitId ? upload.field('unitId', unitId) : upload).attach('file', file, '花名册.xlsx')
}

export async function newGeneration(officer: Caller, unit: UnitRecord): Promise<Generation> {
  return (await officer.post('/dues-generations', { month: MONTH, unitId: unit.id })).body as Generation
}

/** Opens a payment for the member's bill of the month, or finds the one that is open. */
export async function openPayment(payer: Caller, member: { id: string }): Promise<Payment> {
  const answer = await payer
    .post('/payments', { billIds: [billOf(member)] })
    .set('idempotency-key', `pay-${member.id}`)
  return answer.body as Payment
}

export const billOf = (member: { id: string }): string => `${member.id}${MONTH.replace('-', '')}`
