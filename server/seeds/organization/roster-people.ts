import { checkCharacter } from '../../modules/organization/members/id-number.rules.js'
import { yearsAfter } from '../../modules/organization/roster/roster-dates.rules.js'
import type { SeededRandom } from '../random.js'

/**
 * Invented members. Their identity numbers begin with 9901, a division that does not exist, so none can belong to
 * anybody; telephones begin with 199 and nothing is ever sent to them.
 */
export interface InventedPerson {
  name: string
  sex: '男' | '女'
  idNumber: string
  nationality: string
  /** 'YYYY-MM-DD', as all days here. */
  birthDate: string
  education: string
  category: '正式党员' | '预备党员'
  branch: string
  joinedOn: string
  regularizedOn: string | null
  post: string
  phone: string
  address: string
  lostContact: boolean
  floating: boolean
  duesClass: string
  /** Yuan with at most two decimals. */
  baseYuan: number | null
}

const SURNAMES = [...'赵钱孙李周吴郑王冯陈沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁']
const MALE_NAMES = '立新 长河 守田 卫东 家栋 振华 文博 思源 大勇 明远 海 岩'.split(' ')
const FEMALE_NAMES = '秀兰 玉芳 春梅 雅琴 丽华 晓燕 诗涵 雨桐 佳慧 月英 敏 静'.split(' ')
const RARE_NAMES = '阿依古丽·热合曼 买买提·艾山 赵𬱖 欧阳长青 司马文静'.split(' ')
const NATIONALITIES = '汉族 汉族 汉族 汉族 回族 壮族 苗族 土家族 维吾尔族'.split(' ')
const EDUCATIONS = '小学 初中 初中 高中 中专 大学专科 大学本科 大学本科 硕士研究生'.split(' ')
const WAGE_POSTS = '机关工作人员 事业单位管理人员 教师 医生 企业职工'.split(' ')
const STREETS = '杏花巷 临水街 前进路 向阳里 石榴园 新安路'.split(' ')

const DAY_MILLISECONDS = 86_400_000
const toDay = (time: number) => new Date(time).toISOString().slice(0, 10)
const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`)

function dayBetween(random: SeededRandom, from: string, to: string): string {
  const days = Math.max(0, Math.floor((timeOf(to) - timeOf(from)) / DAY_MILLISECONDS))
  return toDay(timeOf(from) + random.between(0, days) * DAY_MILLISECONDS)
}

/** People of whom no two share an identity number or a telephone. `today` is 'YYYY-MM-DD'. */
export function inventPeople(
  random: SeededRandom,
  count: number,
  branches: readonly string[],
  today: string,
): InventedPerson[] {
  const taken = new Set<string>()
  const unique = (invent: () => string): string => {
    let value = invent()
    while (taken.has(value)) value = invent()
    taken.add(value)
    return value
  }
  return Array.from({ length: count }, () => {
    const female = random.chance(0.45)
    const birthDate = dayBetween(random, yearsAfter(today, -88), yearsAfter(today, -20))
    const idNumber = unique(() => inventIdNumber(random, birthDate, female))
    const phone = unique(() => `199${String(random.between(0, 99_999_999)).padStart(8, '0')}`)
    return {
      name: inventName(random, female),
      sex: female ? '女' : '男',
      idNumber,
      nationality: random.pick(NATIONALITIES),
      birthDate,
      education: random.pick(EDUCATIONS),
      branch: random.pick(branches),
      phone,
      address: `${random.pick(STREETS)}${random.between(1, 80)}号`,
      lostContact: random.chance(0.006),
      floating: random.chance(0.08),
      ...inventMembership(random, birthDate, today),
      ...inventLivelihood(random, birthDate, today),
    }
  })
}

function inventName(random: SeededRandom, female: boolean): string {
  if (random.chance(0.02)) return random.pick(RARE_NAMES)
  return random.pick(SURNAMES) + random.pick(female ? FEMALE_NAMES : MALE_NAMES)
}

function inventIdNumber(random: SeededRandom, birthDate: string, female: boolean): string {
  const sequence = random.between(0, 499) * 2 + (female ? 0 : 1)
  const digits = `99010${random.between(1, 6)}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return digits + checkCharacter(digits)
}

function inventMembership(random: SeededRandom, birthDate: string, today: string) {
  const lastYear = yearsAfter(today, -1)
  if (random.chance(0.015)) {
    const joinedOn = dayBetween(random, toDay(timeOf(lastYear) + 2 * DAY_MILLISECONDS), today)
    return { category: '预备党员' as const, joinedOn, regularizedOn: null }
  }
  const latest = yearsAfter(birthDate, 50) < lastYear ? yearsAfter(birthDate, 50) : lastYear
  const joinedOn = dayBetween(random, toDay(timeOf(yearsAfter(birthDate, 18)) + DAY_MILLISECONDS), latest)
  return { category: '正式党员' as const, joinedOn, regularizedOn: yearsAfter(joinedOn, 1) }
}

function inventLivelihood(random: SeededRandom, birthDate: string, today: string) {
  const age = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  const yuan = (from: number, to: number) => random.between(from * 100, to * 100) / 100
  if (age <= 23 && random.chance(0.7)) return { post: '学生', duesClass: '学生', baseYuan: null }
  if (random.chance(0.02)) return { post: '待业', duesClass: '低保', baseYuan: null }
  if (random.chance(0.38)) return { post: '农民', duesClass: '农民', baseYuan: null }
  if (age >= 60) return { post: '离退休', duesClass: '离退休', baseYuan: yuan(2000, 8000) }
  return { post: random.pick(WAGE_POSTS), duesClass: '在职', baseYuan: yuan(2200, 14_000) }
}
