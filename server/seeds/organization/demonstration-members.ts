import type { UnitRecord } from '../../modules/organization/units/unit.entity.js'
import type { NewMember } from './county-builder.js'

/** General branches and the branches below them; the branches are those that the county's roster names. */
export const TREE: Record<string, string[]> = {
  东岭镇党总支: ['东岭镇机关党支部', '东岭村党支部', '石桥村党支部'],
  河西乡党总支: ['河西乡机关党支部', '河西村党支部'],
  城关街道党总支: ['城关街道幸福社区党支部', '城关街道离退休干部党支部'],
  县直机关党总支: [
    '云溪县人民医院党支部',
    '云溪县第一中学党支部',
    '云溪县实验小学党支部',
    '云溪县供电公司党支部',
    '云溪茶业有限公司党支部',
  ],
}

export function branchNamed(branches: ReadonlyMap<string, UnitRecord>, name: string): UnitRecord {
  const found = branches.get(name)
  if (!found) throw new Error(`no branch is called ${name}`)
  return found
}

export const BRANCH_NAMES = Object.values(TREE).flat()

/** Other members of the branches: a name, and what is special about the member. `arrears` are months not paid. */
export type Extra = NewMember & { arrears?: number }

export const OTHERS: Record<string, Extra[]> = {
  东岭村党支部: [
    { name: '罗小军', birthDate: '1985-04-18', phone: '19991000108', arrears: 4 },
    { name: '陈守田', birthDate: '1949-02-11', phone: null, arrears: 2 },
    { name: '陈大勇', birthDate: '1982-09-30', phone: '19991000101', floating: true, arrears: 3 },
    { name: '林玉芳', sex: 'female', birthDate: '1968-05-04', phone: '19991000102' },
    { name: '林海', birthDate: '1990-12-01', phone: '19991000103', floating: true, arrears: 1 },
    { name: '何秀珍', sex: 'female', birthDate: '1953-03-08', phone: null, duesClass: 'relief', arrears: 1 },
    { name: '何卫东', birthDate: '1977-07-19', phone: '19991000104' },
    {
      name: '马文博',
      birthDate: '2003-11-02',
      phone: '19991000105',
      duesClass: 'student',
      joinedOn: '2024-06-20',
      arrears: 1,
    },
    { name: '邓春梅', sex: 'female', birthDate: '1986-01-25', phone: '19991000106', arrears: 1 },
  ],
  东岭镇机关党支部: [
    { name: '吴立新', birthDate: '1971-04-12', phone: '19991000201', duesClass: 'wage', baseYuan: 6820.5 },
    {
      name: '郑晓燕',
      sex: 'female',
      birthDate: '1989-08-17',
      phone: '19991000202',
      duesClass: 'wage',
      baseYuan: 4380,
    },
    {
      name: '冯家栋',
      birthDate: '1996-10-10',
      phone: '19991000203',
      duesClass: 'wage',
      baseYuan: 3000,
      arrears: 1,
    },
    {
      name: '阿依古丽·热合曼',
      sex: 'female',
      birthDate: '1993-05-06',
      phone: '19991000204',
      duesClass: 'wage',
      baseYuan: 5000,
      nationality: '05',
    },
  ],
  石桥村党支部: [
    { name: '石长河', birthDate: '1958-06-30', phone: '19991000301' },
    { name: '石永福', birthDate: '1945-01-15', phone: null, arrears: 3 },
    { name: '蒋月英', sex: 'female', birthDate: '1964-12-12', phone: '19991000302', arrears: 2 },
    {
      name: '蒋明远',
      birthDate: '1999-02-28',
      phone: '19991000303',
      category: 'probationary',
      joinedOn: '2026-04-18',
    },
  ],
  河西乡机关党支部: [
    { name: '许振华', birthDate: '1974-11-09', phone: '19991000401', duesClass: 'wage', baseYuan: 7260 },
    {
      name: '许雅琴',
      sex: 'female',
      birthDate: '1981-03-22',
      phone: '19991000402',
      duesClass: 'wage',
      baseYuan: 5600.01,
    },
    {
      name: '彭思源',
      birthDate: '1997-07-07',
      phone: '19991000403',
      duesClass: 'wage',
      baseYuan: 3900,
      arrears: 1,
    },
  ],
  河西村党支部: [
    { name: '郭志远', birthDate: '1983-03-03', phone: null, floating: true, lostContact: true, arrears: 6 },
    { name: '赵敏', sex: 'female', birthDate: '1979-09-09', phone: '19991000501' },
    { name: '赵立春', birthDate: '1950-02-04', phone: null, arrears: 1 },
    { name: '黄大海', birthDate: '1967-08-01', phone: '19991000502' },
    { name: '黄丽华', sex: 'female', birthDate: '1972-10-21', phone: '19991000503' },
    { name: '吕岩', birthDate: '1988-04-14', phone: '19991000504', floating: true, arrears: 4 },
  ],
  城关街道幸福社区党支部: [
    {
      name: '宋佳慧',
      sex: 'female',
      birthDate: '1985-06-06',
      phone: '19991000601',
      duesClass: 'irregular',
      baseYuan: 4200,
    },
    { name: '宋振国', birthDate: '1948-10-01', phone: '19991000602', duesClass: 'retired', baseYuan: 3180 },
    {
      name: '韩诗涵',
      sex: 'female',
      birthDate: '2004-03-15',
      phone: '19991000603',
      duesClass: 'student',
      joinedOn: '2025-05-12',
    },
    { name: '韩建军', birthDate: '1976-05-27', phone: '19991000604', duesClass: 'laid-off', arrears: 2 },
    {
      name: '曹雨桐',
      sex: 'female',
      birthDate: '1998-12-24',
      phone: '19991000605',
      duesClass: 'wage',
      baseYuan: 5230,
    },
  ],
  城关街道离退休干部党支部: [
    { name: '沈国栋', birthDate: '1941-07-01', phone: '19991000701', duesClass: 'retired', baseYuan: 6480 },
    {
      name: '沈静宜',
      sex: 'female',
      birthDate: '1944-11-30',
      phone: '19991000701',
      duesClass: 'retired',
      baseYuan: 4890.6,
    },
    {
      name: '钱学礼',
      birthDate: '1938-04-05',
      phone: null,
      duesClass: 'retired',
      baseYuan: 5000,
      arrears: 1,
    },
    {
      name: '罗春生',
      birthDate: '1947-08-08',
      phone: '19991000702',
      duesClass: 'retired',
      baseYuan: 5000.01,
    },
    {
      name: '罗淑芬',
      sex: 'female',
      birthDate: '1951-01-20',
      phone: null,
      duesClass: 'retired',
      baseYuan: 2760,
    },
  ],
  云溪县人民医院党支部: [
    { name: '杜若愚', birthDate: '1969-05-18', phone: '19991000801', duesClass: 'wage', baseYuan: 12_400 },
    {
      name: '杜小满',
      sex: 'female',
      birthDate: '1992-05-21',
      phone: '19991000802',
      duesClass: 'wage',
      baseYuan: 7350,
    },
    {
      name: '任海棠',
      sex: 'female',
      birthDate: '1984-02-14',
      phone: '19991000803',
      duesClass: 'wage',
      baseYuan: 9980,
      arrears: 1,
    },
    {
      name: '任天佑',
      birthDate: '2000-01-01',
      phone: '19991000804',
      duesClass: 'wage',
      baseYuan: 4300,
      category: 'probationary',
      joinedOn: '2026-09-25',
    },
  ],
  云溪县第一中学党支部: [
    { name: '秦书恒', birthDate: '1973-09-10', phone: '19991000901', duesClass: 'wage', baseYuan: 8200 },
    {
      name: '秦月',
      sex: 'female',
      birthDate: '1987-10-15',
      phone: '19991000902',
      duesClass: 'wage',
      baseYuan: 6100,
    },
    {
      name: '江一帆',
      birthDate: '1995-03-03',
      phone: '19991000903',
      duesClass: 'wage',
      baseYuan: 4760,
      arrears: 2,
    },
    { name: '江若兰', sex: 'female', birthDate: '1966-06-26', phone: '19991000904', duesClass: 'wage' },
  ],
  云溪县实验小学党支部: [
    { name: '尹清和', birthDate: '1970-04-23', phone: '19991001001', duesClass: 'wage', baseYuan: 7020 },
    {
      name: '尹小荷',
      sex: 'female',
      birthDate: '1994-07-12',
      phone: '19991001002',
      duesClass: 'wage',
      baseYuan: 4510,
    },
    {
      name: '薛文秀',
      sex: 'female',
      birthDate: '1983-11-11',
      phone: '19991001003',
      duesClass: 'wage',
      baseYuan: 5999.99,
    },
  ],
  云溪县供电公司党支部: [
    {
      name: '雷鸣',
      birthDate: '1980-08-18',
      phone: '19991001101',
      duesClass: 'annual-salary',
      baseYuan: 58_000,
    },
    {
      name: '雷雨晴',
      sex: 'female',
      birthDate: '1991-09-29',
      phone: '19991001102',
      duesClass: 'wage',
      baseYuan: 8840,
    },
    {
      name: '侯志刚',
      birthDate: '1978-12-05',
      phone: '19991001103',
      duesClass: 'wage',
      baseYuan: 10_000,
      arrears: 1,
    },
  ],
  云溪茶业有限公司党支部: [
    {
      name: '叶青',
      sex: 'female',
      birthDate: '1982-04-04',
      phone: '19991001201',
      duesClass: 'wage',
      baseYuan: 5480,
    },
    { name: '叶茂林', birthDate: '1963-02-17', phone: '19991001202' },
    { name: '顾长风', birthDate: '1988-06-16', phone: '19991001203', duesClass: 'wage', baseYuan: 10_000.01 },
  ],
}
