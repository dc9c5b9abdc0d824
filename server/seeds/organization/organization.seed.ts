import type { INestApplicationContext } from '@nestjs/common'
import type { UnitRecord } from '../../modules/organization/units/unit.entity.js'
import { addMonths } from '../../platform/config/business-time.js'
import { Clock } from '../../platform/config/clock.js'
import { CountyBuilder, type BuiltMember, type NewMember } from './county-builder.js'
import { OTHERS, TREE } from './demonstration-members.js'
import { DEMONSTRATION_PEOPLE as PEOPLE } from '../demonstration-people.js'

/** Half a year of bills, this month among them. */
const MONTHS = 6

/** 云溪县: one committee, four general branches, twelve branches, some sixty people and half a year of dues. */
export async function seedOrganization(app: INestApplicationContext, mchid: string): Promise<void> {
  const clock = app.get(Clock, { strict: false })
  const county = new CountyBuilder(app)
  const committee = await county.unit('committee', '中共云溪县委员会', null, '0990-6120001')
  await county.collectsInto(committee, mchid)
  const branches = await seedUnits(county, committee)
  const arrears = new Map<string, number>()
  for (const [name, people] of Object.entries(OTHERS)) {
    for (const { arrears: months = 0, ...person } of people) {
      const member = await county.member(branch(branches, name), person)
      arrears.set(member.id, months)
    }
  }
  await seedCast(county, branches, committee, arrears)
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

/** The people that a visitor can be, each with a task of their own. */
async function seedCast(
  county: CountyBuilder,
  branches: Map<string, UnitRecord>,
  committee: UnitRecord,
  arrears: Map<string, number>,
): Promise<void> {
  const village = branch(branches, '东岭村党支部')
  const add = async (unit: UnitRecord, unpaid: number, person: NewMember): Promise<BuiltMember> => {
    const member = await county.member(unit, person)
    arrears.set(member.id, unpaid)
    return member
  }
  const secretary = await add(village, 0, {
    name: PEOPLE.secretary.name,
    birthDate: '1979-03-16',
    phone: PEOPLE.secretary.phone,
    duesClass: 'wage',
    baseYuan: 4560,
    post: '村党支部书记',
  })
  const deputy = await add(village, 0, {
    name: '田永强',
    birthDate: '1984-10-23',
    phone: '19991000107',
    duesClass: 'irregular',
    baseYuan: 2900,
  })
  const member = await add(village, 1, {
    name: PEOPLE.member.name,
    sex: 'female',
    birthDate: '1988-08-26',
    phone: PEOPLE.member.phone,
    duesClass: 'wage',
    baseYuan: 6284.43,
    post: '东岭村小学教师',
  })
  const elder = await add(village, 1, {
    name: PEOPLE.elder.name,
    sex: 'female',
    birthDate: '1948-04-02',
    phone: PEOPLE.elder.phone,
    joinedOn: '1974-05-04',
    duesClass: 'retired',
    baseYuan: 3860,
  })
  await add(village, 1, {
    name: PEOPLE.newcomer.name,
    sex: 'female',
    birthDate: '1995-12-19',
    phone: PEOPLE.newcomer.phone,
    duesClass: 'wage',
    baseYuan: 3880,
  })
  for (const [name, sex] of [
    [PEOPLE.couple.name, 'female'],
    ['刘德厚', 'male'],
  ] as const) {
    await add(village, 1, { name, sex, birthDate: '1955-09-17', phone: PEOPLE.couple.phone })
  }
  const officer = await add(branch(branches, '城关街道幸福社区党支部'), 0, {
    name: PEOPLE.officer.name,
    sex: 'female',
    birthDate: '1986-02-09',
    phone: PEOPLE.officer.phone,
    duesClass: 'wage',
    baseYuan: 6930,
    post: '县委组织部干部',
  })
  const superior = await add(branch(branches, '城关街道幸福社区党支部'), 0, {
    name: PEOPLE.superior.name,
    birthDate: '1972-07-28',
    phone: PEOPLE.superior.phone,
    duesClass: 'wage',
    baseYuan: 10_480,
    post: '县委副书记',
  })
  await county.post(village, secretary, '书记')
  await county.post(village, deputy, '组织委员')
  const bound = async (key: keyof typeof PEOPLE, built: BuiltMember): Promise<string> => {
    const account = await county.account(PEOPLE[key].openid, key === 'elder' ? 'elder' : 'standard')
    await county.bind(account, built)
    return account
  }
  await bound('member', member)
  await bound('elder', elder)
  await county.grant(await bound('secretary', secretary), 'secretary', village)
  await county.grant(await bound('officer', officer), 'dues-officer', committee)
  await county.grant(await bound('superior', superior), 'superior', committee)
}

function branch(branches: Map<string, UnitRecord>, name: string): UnitRecord {
  const found = branches.get(name)
  if (!found) throw new Error(`no branch is called ${name}`)
  return found
}
