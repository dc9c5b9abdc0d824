import type { UnitRecord } from '../../server/modules/organization/units/unit.entity.js'
import type { BuiltMember } from '../../server/seeds/organization/county-builder.js'
import { World, type Caller, type WorldOptions } from './world.js'

/**
 * The small world most stories play in: a county committee, two branches, and people everybody knows.
 *
 * 东岭村: 李建国 secretary · 陈晓霞 teacher on a wage · 王秀兰 78, retired · 何卫东 farmer, no telephone
 *         孙小梅 not bound yet · 刘桂英 and 刘德厚, who share a telephone
 * 河西村: 赵敏 secretary · 吕岩 farmer
 * 周敏 is the county's dues officer, 高远 a leader who only looks. 马丽 is to manage roles, in stories that let her.
 */
export interface Village {
  world: World
  committee: UnitRecord
  dongling: UnitRecord
  hexi: UnitRecord
  members: Record<'li' | 'chen' | 'wang' | 'he' | 'sun' | 'guiying' | 'dehou' | 'zhao' | 'lyu', BuiltMember>
  /** Signs one of the cast in. */
  as(person: keyof typeof OPENIDS): Promise<Caller>
}

export const OPENIDS = {
  li: 'o-li-jianguo-0000000000',
  chen: 'o-chen-xiaoxia-00000000',
  wang: 'o-wang-xiulan-000000000',
  zhao: 'o-zhao-min-000000000000',
  lyu: 'o-lyu-yan-0000000000000',
  zhou: 'o-zhou-min-officer-0000',
  gao: 'o-gao-yuan-superior-000',
  ma: 'o-ma-li-administrator-0',
  sun: 'o-sun-xiaomei-new-00000',
  guiying: 'o-liu-guiying-new-00000',
  stranger: 'o-stranger-000000000000',
} as const

export const PHONES = {
  li: '19990010001',
  chen: '19990010002',
  wang: '19990010003',
  sun: '19990010004',
  couple: '19990010005',
  zhao: '19990020001',
  lyu: '19990020002',
  zhou: '19990030001',
  gao: '19990030002',
  ma: '19990030003',
  stranger: '19990099999',
} as const

/** Saturday, 21 November 2026, noon in Shanghai. */
export const NOON = new Date('2026-11-21T12:00:00+08:00')

export async function openVillage(now: Date = NOON, options: WorldOptions = {}): Promise<Village> {
  const world = await World.open(now, options)
  const { county } = world
  const committee = await county.unit('committee', '中共云溪县委员会', null, '0990-6120001')
  await county.collectsInto(committee, world.wechat.credentials().mchid)
  const dongling = await county.unit('branch', '东岭村党支部', committee, '0990-6120102')
  const hexi = await county.unit('branch', '河西村党支部', committee, '0990-6120103')
  const members = {
    li: await county.member(dongling, {
      name: '李建国',
      phone: PHONES.li,
      duesClass: 'wage',
      baseYuan: 4560,
    }),
    chen: await county.member(dongling, {
      name: '陈晓霞',
      sex: 'female',
      phone: PHONES.chen,
      duesClass: 'wage',
      baseYuan: 6284.43,
    }),
    wang: await county.member(dongling, {
      name: '王秀兰',
      sex: 'female',
      birthDate: '1948-04-02',
      joinedOn: '1974-05-04',
      phone: PHONES.wang,
      duesClass: 'retired',
      baseYuan: 3860,
    }),
    he: await county.member(dongling, { name: '何卫东', phone: null }),
    sun: await county.member(dongling, { name: '孙小梅', sex: 'female', phone: PHONES.sun }),
    guiying: await county.member(dongling, { name: '刘桂英', sex: 'female', phone: PHONES.couple }),
    dehou: await county.member(dongling, { name: '刘德厚', phone: PHONES.couple }),
    zhao: await county.member(hexi, { name: '赵敏', sex: 'female', phone: PHONES.zhao }),
    lyu: await county.member(hexi, { name: '吕岩', phone: PHONES.lyu }),
  }
  for (const [person, openid] of Object.entries(OPENIDS)) {
    const phone = person === 'guiying' ? PHONES.couple : PHONES[person as keyof typeof PHONES]
    await world.person(openid, phone)
  }
  const bound = async (person: 'li' | 'chen' | 'wang' | 'zhao' | 'lyu') => {
    const account = await county.account(OPENIDS[person])
    await county.bind(account, members[person])
    return account
  }
  await bound('chen')
  await bound('wang')
  await bound('lyu')
  await county.grant(await bound('li'), 'secretary', dongling)
  await county.grant(await bound('zhao'), 'secretary', hexi)
  await county.grant(await county.account(OPENIDS.zhou), 'dues-officer', committee, {
    name: '周敏',
    phone: PHONES.zhou,
  })
  await county.grant(await county.account(OPENIDS.gao), 'superior', committee, {
    name: '高远',
    phone: PHONES.gao,
  })
  return { world, committee, dongling, hexi, members, as: (person) => world.signIn(OPENIDS[person]) }
}
