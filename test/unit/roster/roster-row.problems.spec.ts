import type { SheetCell } from '../../../server/platform/spreadsheet/reading/sheet-source.js'
import type { RosterField } from '../../../server/modules/organization/roster/roster-fields.js'
import { Duplicates } from '../../../server/modules/organization/roster/roster-duplicates.rules.js'
import { readRosterRow } from '../../../server/modules/organization/roster/roster-row.rules.js'

const TODAY = '2026-06-30'
const MALE_1983 = '990101198303216018'

const SOUND: Partial<Record<RosterField, string>> = {
  name: '周明远',
  sex: '男',
  idNumber: MALE_1983,
  nationality: '汉族',
  birthDate: '1983-03-21',
  education: '大学本科',
  category: '正式党员',
  unit: '东岭村党支部',
  joinedOn: '2009.12.11',
  regularizedOn: '2010年12月11日',
  post: '教师',
  phone: '199 1234-5678',
  address: '杏花巷 12 号',
  standing: '正常',
  lostContact: '否',
  floating: '是',
  duesClass: '在职',
  base: '4500.5',
}

function read(changes: Partial<Record<RosterField, string | SheetCell>> = {}) {
  const cells = Object.fromEntries(
    Object.entries({ ...SOUND, ...changes }).map(([field, cell]) => [
      field,
      typeof cell === 'string' ? { text: cell } : cell,
    ]),
  )
  return readRosterRow({ cells }, TODAY)
}

function problemsOf(changes: Partial<Record<RosterField, string>>): [string, string][] {
  const reading = read(changes)
  return 'problems' in reading ? reading.problems.map(({ heading, reason }) => [heading, reason]) : []
}

describe('A roster row', () => {
  it('becomes a person with codes, days and fen', () => {
    expect(read()).toEqual({
      idNumber: MALE_1983,
      phone: '19912345678',
      notes: [],
      person: {
        name: '周明远',
        sex: 'male',
        idNumber: MALE_1983,
        nationality: '01',
        birthDate: '1983-03-21',
        education: '20',
        category: 'formal',
        unitName: '东岭村党支部',
        joinedOn: '2009-12-11',
        regularizedOn: '2010-12-11',
        post: '教师',
        phone: '19912345678',
        address: '杏花巷 12 号',
        standing: 'normal',
        lostContact: false,
        floating: true,
        duesClass: 'wage',
        baseFen: 450_050,
      },
    })
  })

  it('takes sex and birth date from the identity number, and leaves out what may be missing', () => {
    const bare = read({
      sex: '',
      birthDate: '',
      regularizedOn: '',
      post: '无',
      phone: '',
      address: '',
      standing: '',
      lostContact: '',
      floating: '',
      duesClass: '农民',
      base: '',
    })
    expect(bare).toMatchObject({
      notes: [],
      person: {
        sex: 'male',
        birthDate: '1983-03-21',
        regularizedOn: null,
        post: null,
        phone: null,
        address: null,
        standing: null,
        lostContact: null,
        floating: null,
        baseFen: null,
      },
    })
  })

  it('reports an empty row field by field', () => {
    const reading = readRosterRow({ cells: {} }, TODAY)
    expect('problems' in reading && reading.problems.map((problem) => problem.heading)).toEqual([
      '姓名',
      '公民身份号码',
      '民族',
      '学历',
      '人员类别',
      '所在党支部',
      '入党日期',
      '党费类别',
    ])
  })

  it('reports unreadable cells and contradictions together', () => {
    expect(
      problemsOf({
        name: '张',
        sex: '女',
        birthDate: '1984-03-21',
        joinedOn: '不详',
        phone: '110',
        base: '约5000',
      }),
    ).toEqual([
      ['姓名', expect.stringContaining('两个以上汉字')],
      ['入党日期', expect.stringContaining('读不出日期')],
      ['联系电话', expect.stringContaining('11 位手机号')],
      ['计算基数', expect.stringContaining('确切的金额')],
      ['性别', expect.stringContaining('第 17 位')],
      ['出生日期', expect.stringContaining('公民身份号码中的出生日期')],
    ])
  })

  it('never quotes what was in the cell', () => {
    const reading = read({
      name: '张三9',
      idNumber: '990101198303216019',
      phone: '1991234567',
      address: '长'.repeat(201),
    })
    expect(JSON.stringify('problems' in reading && reading.problems)).not.toMatch(/张三|9901|1991|长长/)
  })

  it.each([
    ['the year of the eighteenth birthday or later, after the day', '2001-03-21', [], []],
    [
      'some months short of eighteen: to be looked at',
      '2001-03-20',
      [],
      ['入党日期早于 18 周岁生日，请核对'],
    ],
    ['short by calendar years', '2000-12-31', [['入党日期', expect.stringContaining('未满 18 周岁')]], []],
    ['a month that may hold the birthday', '2001年3月', [], ['入党日期只有年月，按当月 1 日记']],
  ])('joining at %s', (_, joinedOn, problems, notes) => {
    const reading = read({ joinedOn })
    expect(problemsOf({ joinedOn })).toEqual(problems)
    if (problems.length === 0) expect(reading.notes).toEqual(notes)
  })

  it('accepts a birth date that states only the month, and takes the day from the identity number', () => {
    expect(read({ birthDate: '1983年3月' })).toMatchObject({ notes: [], person: { birthDate: '1983-03-21' } })
    expect(problemsOf({ birthDate: '1983年4月' })).toEqual([['出生日期', expect.any(String)]])
  })

  it.each([
    ['before joining', { regularizedOn: '2009-12-10' }, ['早于入党日期']],
    ['a formal member, still to come: a remark, no fault', { regularizedOn: '2026-07-01' }, []],
    ['a probationary member, already past', { category: '预备党员' }, ['已有转正日期，与“预备党员”不符']],
    ['the month of joining', { regularizedOn: '2009年12月' }, []],
    ['unknown', { regularizedOn: '' }, []],
  ])('end of probation: %s', (_, changes, reasons) => {
    expect(problemsOf(changes).map(([, reason]) => reason)).toEqual(reasons)
  })

  it('keeps no planned end of probation: it has not happened', () => {
    expect(read({ category: '预备党员', joinedOn: '2026-01-10', regularizedOn: '2027-01-10' })).toMatchObject(
      {
        person: { category: 'probationary', regularizedOn: null },
      },
    )
  })

  it.each(['在职', '年薪', '不固定收入', '离退休'])(
    '%s without a base is kept, with a remark',
    (duesClass) => {
      expect(read({ duesClass, base: '' })).toMatchObject({
        person: { baseFen: null },
        notes: ['没有计算基数，将不生成账单'],
      })
    },
  )

  it.each(['', ' 无 ', '—', '/'])('a field that may be empty is empty when it says %j', (blank) => {
    expect(read({ phone: blank, post: blank, standing: blank, base: blank })).toMatchObject({
      phone: null,
      person: { phone: null, post: null, standing: null, baseFen: null },
    })
  })

  it('keeps a planned base of zero, and asks to look at one below 100 yuan', () => {
    const remark = '计算基数每月不到 100.00 元，请核对单位是不是元、有没有漏写'
    expect(read({ base: '0' })).toMatchObject({ person: { baseFen: 0 }, notes: [remark] })
    expect(read({ base: '99.99' })).toMatchObject({ person: { baseFen: 99_99 }, notes: [remark] })
    expect(read({ base: '100' })).toMatchObject({ person: { baseFen: 100_00 }, notes: [] })
  })
})

describe('The same person twice in one file', () => {
  const looksAt = (rows: Array<{ rowNumber: number; reading: ReturnType<typeof read> }>) => {
    const duplicates = new Duplicates()
    return rows.map(({ rowNumber, reading }) => duplicates.look(rowNumber, reading))
  }

  it('is refused from the second row on, naming the first, even where the rows are faulty otherwise', () => {
    const rows = [
      { rowNumber: 4, reading: read() },
      { rowNumber: 9, reading: read({ sex: '女' }) },
      { rowNumber: 12, reading: read({ idNumber: '990101198303216018 ' }) },
      { rowNumber: 13, reading: read({ idNumber: '990101198303216026', phone: '' }) },
      { rowNumber: 14, reading: read({ idNumber: '' }) },
    ]
    const problem = { heading: '公民身份号码', reason: expect.stringContaining('第 4 行') }
    expect(looksAt(rows)).toMatchObject([{}, { problem }, { problem }, {}, {}])
    expect(looksAt(rows).map((look) => 'problem' in look)).toEqual([false, true, true, false, false])
  })

  it('does not mind two people with one telephone, but says so', () => {
    const rows = [
      { rowNumber: 4, reading: read() },
      { rowNumber: 5, reading: read({ idNumber: '99010119500908505X', birthDate: '' }) },
      { rowNumber: 6, reading: read({ idNumber: '990102200002290034', birthDate: '', phone: '' }) },
    ]
    expect(looksAt(rows)).toEqual([{}, { note: '联系电话与第 4 行相同' }, {}])
  })
})
