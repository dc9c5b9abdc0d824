import type { INestApplicationContext } from '@nestjs/common'
import type { UnitRecord } from '../../modules/organization/units/unit.entity.js'
import { addMonths } from '../../platform/config/business-time.js'
import { Clock } from '../../platform/config/clock.js'
import { CountyBuilder, type BuiltMember } from './county-builder.js'
import { seedCast } from './demonstration-cast.js'
import { seedHistories } from './demonstration-histories.js'
import { branchNamed, OTHERS, TREE } from './demonstration-members.js'

/** Half a year of bills, this month among them. */
const MONTHS = 6

/** 云溪县: one committee, four general branches, twelve branches, some sixty people, half a year of dues and what became of some. */
export async function seedOrganization(app: INestApplicationContext, mchid: string): Promise<void> {
  const clock = app.get(Clock, { strict: false })
  const county = new CountyBuilder(app)
  const committee = await county.unit('committee', '中共云溪县委员会', null, '0990-6120001')
  await county.collectsInto(committee, mchid)
  const branches = await seedUnits(county, committee)
  const arrears = new Map<string, number>()
  const others = new Map<string, BuiltMember>()
  for (const [name, people] of Object.entries(OTHERS)) {
    for (const { arrears: months = 0, ...person } of people) {
      const member = await county.member(branchNamed(branches, name), person)
      arrears.set(member.id, months)
      others.set(member.name, member)
    }
  }
  const { officer } = await seedCast(county, branches, committee, arrears)
  const months = Array.from({ length: MONTHS }, (_, index) => addMonths(clock.month(), index + 1 - MONTHS))
  for (const month of months) await county.bills(committee, month)
  for (const [memberId, unpaid] of arrears) {
    const paid = months.slice(0, months.length - unpaid)
    // Paid around the tenth of each month, at noon in Shanghai.
    for (const month of paid) {
      const usual = new Date(`${month}-10T12:00:00+08:00`)
      await county.paid(memberId, [month], usual < clock.now() ? usual : clock.now())
    }
  }
  await seedHistories(county, { app, branches, others, officer, thisMonth: clock.month() })
}

async function seedUnits(county: CountyBuilder, committee: UnitRecord): Promise<Map<string, UnitRecord>> {
  const branches = new Map<string, UnitRecord>()
  let line = 6_120_100
  for (const [general, names] of Object.entries(TREE)) {
    const parent = await county.unit('general-branch', general, committee)
    for (const name of names) {
      line += 1
      branches.set(name, await county.unit('branch', name, parent, `0990-${line}`))
    }
  }
  return branches
}
