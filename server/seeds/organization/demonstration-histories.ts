import type { INestApplicationContext } from '@nestjs/common'
import { BindingQueries } from '../../modules/organization/bindings/bindings.queries.js'
import { PhoneChanges } from '../../modules/organization/bindings/phone-changes.service.js'
import { addMonths } from '../../platform/config/business-time.js'
import type { UnitRecord } from '../../modules/organization/units/unit.entity.js'
import type { BuiltMember, CountyBuilder } from './county-builder.js'
import { branchNamed } from './demonstration-members.js'

/** The county as it is when the bills of the last months have been made and paid. */
export interface LivedCounty {
  app: INestApplicationContext
  branches: ReadonlyMap<string, UnitRecord>
  /** Members without a phone of the demonstration, by name. */
  others: ReadonlyMap<string, BuiltMember>
  /** Account of the county's dues officer. */
  officer: string
  /** `YYYY-MM` */
  thisMonth: string
}

/** What has become of members, recorded after the bills were made: unpaid bills follow, paid ones leave a difference. */
export async function seedHistories(county: CountyBuilder, lived: LivedCounty): Promise<void> {
  await seedFacts(county, lived)
  await seedAssessments(county, lived)
  await seedPosts(county, lived)
  await seedWaitingTelephone(county, lived)
}

async function seedFacts(county: CountyBuilder, { branches, others, thisMonth }: LivedCounty): Promise<void> {
  const [earlier, before] = [addMonths(thisMonth, -4), addMonths(thisMonth, -2)]
  // Married into 河西村. What was not paid until then is still owed to 东岭村, the rest to 河西村.
  await county.fact(
    memberNamed(others, '罗小军'),
    'unit',
    branchNamed(branches, '河西村党支部').id,
    `${before}-12`,
    {
      reason: '结婚后户口迁到河西村',
    },
  )
  // Nobody told the branch at once: bills from the month of the death on are withdrawn.
  await county.fact(memberNamed(others, '石永福'), 'standing', 'died', `${before}-16`, {
    reason: '因病去世，家属报来',
  })
  // Went away for work and could not be found for half a year.
  await county.fact(memberNamed(others, '郭志远'), 'standing', 'suspended', `${earlier}-05`, {
    reason: '外出失去联系六个月以上，停止党籍',
  })
  await county.fact(memberNamed(others, '陈守田'), 'art-23', 'by-branch', `${earlier}-01`, {
    reason: '年老体弱，支部党员大会讨论',
  })
}

async function seedAssessments(county: CountyBuilder, { others, thisMonth }: LivedCounty): Promise<void> {
  // Finished school and farms at home: this month's bill, not paid yet, becomes a farmer's.
  await county.assess(memberNamed(others, '马文博'), thisMonth, 'farmer', { reason: '毕业后回村务农' })
  // The rise was reported two months late: paid months show a difference, this month's bill is replaced.
  await county.assess(memberNamed(others, '冯家栋'), addMonths(thisMonth, -2), 'wage', {
    baseYuan: 3600,
    reason: '工资调整，单位迟报两个月',
  })
}

async function seedPosts(county: CountyBuilder, { branches, others }: LivedCounty): Promise<void> {
  const village = branchNamed(branches, '东岭村党支部')
  // The secretary before today's, who stepped down at the election.
  await county.post(village, memberNamed(others, '陈守田'), '书记', '2015-03-01', '2024-03-01')
  await county.post(village, memberNamed(others, '林玉芳'), '宣传委员', '2021-03-01', '2024-03-01')
  await county.post(village, memberNamed(others, '林玉芳'), '副书记', '2024-03-01')
}

/** She is bound, so that whoever holds the new number could become her: the dues officer does not decide it alone. */
async function seedWaitingTelephone(
  county: CountyBuilder,
  { app, others, officer }: LivedCounty,
): Promise<void> {
  const member = memberNamed(others, '宋佳慧')
  const { id: memberId, unitId, phone: before } = member
  await county.bind(await county.account('o-demo-song-jiahui'.padEnd(24, '0')), member)
  const membership = await app.get(BindingQueries, { strict: false }).membershipOf(officer)
  await app
    .get(PhoneChanges, { strict: false })
    .enter({ accountId: officer, membership }, [{ memberId, unitId, before, phone: '19991000699' }], {
      unitId,
      reason: '换了号码，本人持身份证到组织部说明',
    })
}

function memberNamed(members: ReadonlyMap<string, BuiltMember>, name: string): BuiltMember {
  const found = members.get(name)
  if (!found) throw new Error(`no member is called ${name}`)
  return found
}
