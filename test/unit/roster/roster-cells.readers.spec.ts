import { DUES_CLASSES } from '../../../server/contracts/organization/dues.js'
import { CLASS_RULES } from '../../../server/modules/organization/dues/dues.rules.js'
import {
  EDUCATION_LEVELS,
  educationCode,
  NATIONALITIES,
  nationalityCode,
} from '../../../server/modules/organization/members/code-tables.js'
import * as cells from '../../../server/modules/organization/roster/roster-cells.rules.js'

const text = (written: string) => ({ text: written })

describe('A name', () => {
  it.each([
    ['周明远', '周明远'],
    [' 朱 艳 ', '朱艳'],
    ['朱　　艳', '朱艳'],
    ['赵𬱖', '赵𬱖'],
    ['买买提•艾山', '买买提·艾山'],
    ['买买提‧艾山', '买买提·艾山'],
    ['买买提・艾山', '买买提·艾山'],
    ['买买提.艾山', '买买提·艾山'],
    ['阿依古丽 · 热合曼', '阿依古丽·热合曼'],
    ['ALI  KHAN', 'ALI KHAN'],
    // A compatibility character stays what the register says; Unicode normalisation would turn it into 塚.
    ['李塚', '李塚'],
  ])('%j is read as %s', (written, expected) => {
    expect(cells.readName(text(written))).toEqual({ value: expected })
  })

  it.each(['张', '张三1', '<b>张三</b>', '=1+1', '张三、李四', '？？'])('%j is refused', (written) => {
    expect(cells.readName(text(written))).toEqual({ problem: expect.stringContaining('应为两个以上汉字') })
  })
})

describe('An identity number cell', () => {
  it.each([
    '99010119500908505X',
    '99010119500908505x',
    '９９０１０１１９５００９０８５０５Ｘ',
    ' 990101 19500908 505X ',
    "'99010119500908505X",
    '99010119500908505X\u200b',
  ])('%j is read in plain form', (written) => {
    expect(cells.readIdNumber(text(written))).toEqual({ value: '99010119500908505X' })
  })

  it.each([
    [{ text: '9.90101198303216E+17', number: 990101198303216000 }, '位数丢失'],
    [text('9.90101E+17'), '位数丢失'],
    [{ text: '990101830321602', number: 990101830321602 }, '位数丢失'],
    [text('990101830321602'), '旧的 15 位'],
    [text('99010119830321602'), '18 位'],
    [text('9901**********6026'), '17 位数字'],
    [text('990101198313216026'), '出生日期'],
    [text('990101198303216027'), '校验位'],
  ])('%j is refused', (cell, reason) => {
    expect(cells.readIdNumber(cell)).toEqual({ problem: expect.stringContaining(reason) })
  })

  it('never gives away which check character would be right', () => {
    const reading = cells.readIdNumber(text('990101195009085051'))
    expect(reading).toEqual({ problem: expect.not.stringContaining('505') })
  })
})

describe('A telephone', () => {
  it.each([
    ['19912345678', '19912345678'],
    ['199 1234-5678', '19912345678'],
    ['１９９１２３４５６７８', '19912345678'],
    ['+86 199 1234 5678', '19912345678'],
    ['0086-19912345678', '19912345678'],
    ['8619912345678', '19912345678'],
    ['0991-2345678', '09912345678'],
    ['(010) 62345678', '01062345678'],
  ])('%j is read as %s', (written, expected) => {
    expect(cells.readPhone(text(written))).toEqual({ value: expected })
  })

  it.each(['1991234567', '199123456789', '29912345678', '2345678', '19912345678/19987654321', '见备注'])(
    '%j is refused',
    (written) => {
      expect(cells.readPhone(text(written))).toEqual({ problem: expect.stringContaining('11 位手机号') })
    },
  )
})

describe('Words from a fixed list', () => {
  it.each([
    ['男', 'male'],
    [' 女 ', 'female'],
  ])('sex %j', (written, expected) => {
    expect(cells.readSex(text(written))).toEqual({ value: expected })
  })

  it.each([
    ['正式党员', 'formal'],
    ['正式', 'formal'],
    ['预备 党员', 'probationary'],
    ['预备', 'probationary'],
  ])('category %j', (written, expected) => {
    expect(cells.readCategory(text(written))).toEqual({ value: expected })
  })

  it.each([
    ['是', true],
    ['TRUE', true],
    ['√', true],
    ['否', false],
    ['False', false],
  ])('yes or no %j', (written, expected) => {
    expect(cells.readYesNo(text(written))).toEqual({ value: expected })
  })

  it.each([
    ['正常', 'normal'],
    ['停止党籍', 'suspended'],
    ['停止', 'suspended'],
  ])('standing %j', (written, expected) => {
    expect(cells.readStanding(text(written))).toEqual({ value: expected })
  })

  it.each([
    ['在职', 'wage'],
    ['年薪', 'annual-salary'],
    ['年薪制', 'annual-salary'],
    ['不固定收入', 'irregular'],
    ['离退休', 'retired'],
    ['退休', 'retired'],
    ['农民', 'farmer'],
    ['学生', 'student'],
    ['下岗失业', 'laid-off'],
    ['低保', 'relief'],
    ['抚恤', 'relief'],
  ])('dues class %j', (written, expected) => {
    expect(cells.readDuesClass(text(written))).toEqual({ value: expected })
  })

  it.each(DUES_CLASSES)(
    'dues class %s by the word that we show for it, which a refusal lists',
    (duesClass) => {
      const { inWords } = CLASS_RULES[duesClass]
      expect(cells.readDuesClass(text(inWords))).toEqual({ value: duesClass })
      expect(cells.readDuesClass(text('别的'))).toEqual({ problem: expect.stringContaining(`“${inWords}”`) })
    },
  )

  it.each([
    ['sex', cells.readSex, '“男”或“女”'],
    ['category', cells.readCategory, '“正式党员”或“预备党员”'],
    ['yes or no', cells.readYesNo, '“是”或“否”'],
    ['standing', cells.readStanding, '“正常”'],
    ['dues class', cells.readDuesClass, '“按月领工资”“实行年薪制”'],
    ['nationality', cells.readNationality, '汉族'],
    ['education', cells.readEducation, '大学本科'],
  ] as const)('%s: a word off the list is refused with the list', (_, read, expected) => {
    for (const written of ['别的', 'constructor', '1']) {
      expect(read(text(written))).toEqual({ problem: expect.stringContaining(expected) })
    }
  })
})

describe('National codes', () => {
  it('know all fifty-six nationalities, with and without 族', () => {
    const codes = Object.keys(NATIONALITIES).sort()
    expect(codes).toEqual(Array.from({ length: 56 }, (_, index) => String(index + 1).padStart(2, '0')))
    for (const [code, name] of Object.entries(NATIONALITIES)) {
      expect(nationalityCode(name)).toBe(code)
      expect(nationalityCode(name.slice(0, -1))).toBe(code)
    }
    expect(nationalityCode('族')).toBeNull()
  })

  it.each([
    ['硕士研究生', '14'],
    ['博士', '11'],
    ['大学本科', '20'],
    ['大学本科毕业', '21'],
    ['本科学历', '20'],
    ['大专', '30'],
    ['大学专科', '30'],
    ['中专', '41'],
    ['高中文化', '60'],
    ['高中毕业', '60'],
    ['初中', '70'],
    ['小学', '80'],
    ['文盲', '90'],
  ])('education %j is %s', (name, code) => {
    expect(educationCode(name)).toBe(code)
    expect(EDUCATION_LEVELS).toHaveProperty(code)
  })
})

describe('Free text', () => {
  it('stays as it is written, markup and formulas included', () => {
    const written = '<script>alert(1)</script> =HYPERLINK("x") ①号'
    expect(cells.readText(text(written), 100)).toEqual({ value: written })
  })

  it('is put on one line, freed of invisible characters, and limited in length', () => {
    expect(cells.readText(text(' 杏花巷\r\n12 号\u0000\u200b '), 10)).toEqual({ value: '杏花巷 12 号' })
    expect(cells.readText(text('𬱖'.repeat(10)), 10)).toHaveProperty('value')
    expect(cells.readText(text('字'.repeat(11)), 10)).toEqual({ problem: '太长，最多 10 个字' })
  })
})
