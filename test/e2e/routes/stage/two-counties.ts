import type { UnitRecord } from '../../../../server/modules/organization/units/unit.entity.js'
import type { BuiltMember } from '../../../../server/seeds/organization/county-builder.js'
import { NOON, OPENIDS, openVillage, PHONES, type Village } from '../../../support/village.js'
import { Caller, type WorldOptions } from '../../../support/world.js'

/** Whoever may knock: `account` has signed in and is nobody on a roster. */
export const ROLES = [
  'nobody',
  'account',
  'member',
  'secretary',
  'officer',
  'administrator',
  'superior',
] as const
export type Role = (typeof ROLES)[number]

/** Who plays the role. */
export const CAST: Record<Exclude<Role, 'nobody'>, keyof typeof OPENIDS> = {
  account: 'stranger',
  member: 'chen',
  secretary: 'li',
  officer: 'zhou',
  administrator: 'ma',
  superior: 'gao',
}

/** What they hold, in the words of the server's table of permissions. */
export const HOLDS: Record<Role, readonly string[]> = {
  nobody: [],
  account: ['account'],
  member: ['account', 'member'],
  secretary: ['account', 'member', 'secretary'],
  officer: ['account', 'dues-officer'],
  administrator: ['account', 'administrator'],
  superior: ['account', 'superior'],
}

/** Who manages roles. */
const MA_LI = { name: '马丽', phone: PHONES.ma }

/** The month that has bills. */
export const MONTH = '2026-11'

/**
 * The village, and beyond the border 青河县 with 南湾村, where nobody of 云溪县 has any business.
 * 孙国强 is its secretary, 罗兰 its dues officer.
 */
export interface TwoCounties {
  village: Village
  callers: Record<Role, Caller>
  abroad: {
    committee: UnitRecord
    branch: UnitRecord
    member: BuiltMember
    secretary: Caller
    officer: Caller
  }
  close(): Promise<void>
}

export async function openTwoCounties(options: WorldOptions = {}): Promise<TwoCounties> {
  const village = await openVillage(NOON, options)
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
  await county.grant(await county.account(OPENIDS.ma), 'administrator', village.committee, MA_LI)
  await county.bills(village.committee, MONTH)
  await county.bills(committee, MONTH)
  return {
    village,
    callers: {
      nobody: new Caller(world.baseUrl, ''),
      account: await village.as(CAST.account),
      member: await village.as(CAST.member),
      secretary: await village.as(CAST.secretary),
      officer: await village.as(CAST.officer),
      administrator: await village.as(CAST.administrator),
      superior: await village.as(CAST.superior),
    },
    abroad: {
      committee,
      branch,
      member,
      secretary: await world.signIn(people.secretary),
      officer: await world.signIn(people.officer),
    },
    close: () => world.close(),
  }
}
