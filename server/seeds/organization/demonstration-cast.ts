import type { UnitRecord } from '../../modules/organization/units/unit.entity.js'
import { DEMONSTRATION_PEOPLE as PEOPLE } from '../demonstration-people.js'
import type { BuiltMember, CountyBuilder, NewMember } from './county-builder.js'
import { branchNamed } from './demonstration-members.js'

/**
 * The people that a visitor can be, each with a task of their own.
 * @param arrears months not paid, by member
 * @returns the account of the dues officer
 */
export async function seedCast(
  county: CountyBuilder,
  branches: Map<string, UnitRecord>,
  committee: UnitRecord,
  arrears: Map<string, number>,
): Promise<{ officer: string }> {
  const village = branchNamed(branches, '东岭村党支部')
  const community = branchNamed(branches, '城关街道幸福社区党支部')
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
  const officer = await add(community, 0, {
    name: PEOPLE.officer.name,
    sex: 'female',
    birthDate: '1986-02-09',
    phone: PEOPLE.officer.phone,
    duesClass: 'wage',
    baseYuan: 6930,
    post: '县委组织部干部',
  })
  const superior = await add(community, 0, {
    name: PEOPLE.superior.name,
    birthDate: '1972-07-28',
    phone: PEOPLE.superior.phone,
    duesClass: 'wage',
    baseYuan: 10_480,
    post: '县委副书记',
  })
  const administrator = await add(community, 0, {
    name: PEOPLE.administrator.name,
    sex: 'female',
    birthDate: '1980-05-17',
    phone: PEOPLE.administrator.phone,
    duesClass: 'wage',
    baseYuan: 7640,
    post: '县委组织部干部',
  })
  const colleague = await add(community, 0, {
    name: PEOPLE.colleague.name,
    sex: 'female',
    birthDate: '1991-09-03',
    phone: PEOPLE.colleague.phone,
    duesClass: 'wage',
    baseYuan: 5980,
    nationality: '05',
    post: '县委组织部干部',
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
  const officerAccount = await bound('officer', officer)
  await county.grant(officerAccount, 'dues-officer', committee)
  await county.grant(await bound('superior', superior), 'superior', committee)
  await county.grant(await bound('administrator', administrator), 'administrator', committee)
  // The second person who must agree: whoever asks does not decide.
  const second = await bound('colleague', colleague)
  await county.grant(second, 'administrator', committee)
  await county.grant(second, 'dues-officer', committee)
  return { officer: officerAccount }
}
