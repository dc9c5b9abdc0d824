import { fieldOfHeading } from '../../../server/modules/organization/roster/roster-columns.rules.js'
import { headingOf, ROSTER_FIELDS } from '../../../server/modules/organization/roster/roster-fields.js'
import { readWhole } from './read-whole.js'
import { handmadeParts, textRow, zipOf } from '../../support/workbook-files.js'
import { HEADINGS, SOUND_ROW, soundRowWith, workbookOf } from './workbook-builder.js'

describe('A heading', () => {
  it.each([
    ['身份证号', 'idNumber'],
    ['*身份证号码', 'idNumber'],
    [' 公民身份\n号码 ', 'idNumber'],
    ['联系电话（手机）', 'phone'],
    ['（必填）姓　名', 'name'],
    ['党组织', 'unit'],
    ['所属支部', 'unit'],
    ['加入党组织日期', 'joinedOn'],
    ['转为正式党员日期', 'regularizedOn'],
    ['计算基数(元)', 'base'],
    ['缴费类别：', 'duesClass'],
    ['序号', null],
    ['备注', null],
    ['', null],
  ])('%j stands for %s', (heading, field) => {
    expect(fieldOfHeading(heading)).toBe(field)
  })

  it('of every field is recognized under its own usual name', () => {
    for (const field of ROSTER_FIELDS) expect(fieldOfHeading(headingOf(field))).toBe(field)
  })
})

describe('A roster sheet', () => {
  it('is read below a merged title and a note, past blank rows, a repeated header and the total', async () => {
    const bytes = await workbookOf({
      name: '党员花名册',
      rows: [
        ['某县党员花名册'],
        ['填报日期：2026年6月30日'],
        HEADINGS,
        SOUND_ROW,
        [],
        soundRowWith({ 姓名: '李四' }),
        HEADINGS,
        soundRowWith({ 姓名: '王五' }),
        ['合计', '3人'],
        [null, null, null, null, null, null, null, null, null, null, null, '填表人：某某'],
      ],
      change: (sheet) => {
        sheet.mergeCells(1, 1, 1, HEADINGS.length)
      },
    })
    const sheet = await readWhole(bytes)
    expect(sheet).toMatchObject({ sheetName: '党员花名册', headerRow: 3 })
    expect(sheet.columns[3]).toEqual({ field: 'idNumber', heading: '公民身份号码', letter: 'D' })
    expect(sheet.rows.map((row) => [row.rowNumber, row.cells.name?.text])).toEqual([
      [4, '周明远'],
      [6, '李四'],
      [8, '王五'],
    ])
    expect(sheet.rows[0]?.original).toEqual(SOUND_ROW.map(String))
    expect(sheet.notes).toEqual([
      '跳过了 1 个空行',
      '跳过了合计行（第 9 行）',
      '跳过了重复的表头（第 7 行）',
      expect.stringMatching(/^第 10 行没有“姓名”“公民身份号码”“所在党支部”/),
    ])
  })

  it('may call its columns otherwise, in another order, among columns of its own', async () => {
    const bytes = await workbookOf({
      rows: [
        ['备注', '党组织', '身份证号', '姓  名', '手机', '联系方式'],
        ['x', '东岭村支部', '990101198303216018', '周明远', '19912345678', '微信'],
      ],
    })
    const sheet = await readWhole(bytes)
    expect(sheet.columns.map((column) => column.field)).toEqual([
      null,
      'unit',
      'idNumber',
      'name',
      'phone',
      null,
    ])
    expect(sheet.rows[0]?.cells.phone?.text).toBe('19912345678')
    expect(sheet.notes).toEqual([
      '表头中没有“民族”“学历”“人员类别”“入党日期”“党费类别”列，每一行都会因此退回',
      expect.stringContaining('F 列“联系方式”'),
    ])
  })

  it('is the first one with a header, hidden sheets last, and the others are named', async () => {
    const bytes = await workbookOf(
      {
        name: '旧名册',
        rows: [HEADINGS, soundRowWith({ 姓名: '旧人' })],
        change: (sheet) => {
          sheet.state = 'hidden'
        },
      },
      { name: '说明', rows: [['请勿外传']] },
      { name: '名册', rows: [HEADINGS, SOUND_ROW] },
    )
    const sheet = await readWhole(bytes)
    expect(sheet.sheetName).toBe('名册')
    expect(sheet.notes).toEqual(['只读取了工作表“名册”，没有读取“说明”“旧名册”'])
  })

  it('fills a branch name merged down over its members, but not a remark merged across', async () => {
    const bytes = await workbookOf({
      rows: [HEADINGS, SOUND_ROW, soundRowWith({ 姓名: '李四', 所在党支部: null }), ['以上名单已核对']],
      change: (sheet) => {
        sheet.mergeCells(2, 9, 3, 9)
        sheet.mergeCells(4, 1, 4, HEADINGS.length)
      },
    })
    const sheet = await readWhole(bytes)
    expect(sheet.rows.map((row) => row.cells.unit?.text)).toEqual(['东岭村党支部', '东岭村党支部'])
    expect(sheet.notes).toEqual([expect.stringMatching(/^第 4 行没有“姓名”/)])
  })
})

describe('A row that is hidden', () => {
  it('by hand or by a filter is read, says so, and is counted for the whole file', async () => {
    const bytes = await workbookOf({
      rows: [HEADINGS, SOUND_ROW, soundRowWith({ 姓名: '李四' }), soundRowWith({ 姓名: '王五' })],
      change: (sheet) => {
        sheet.getRow(3).hidden = true
        sheet.getColumn(13).hidden = true
      },
    })
    const { rows, notes } = await readWhole(bytes)
    expect(rows.map((row) => [row.cells.name?.text, row.hidden ?? false])).toEqual([
      ['周明远', false],
      ['李四', true],
      ['王五', false],
    ])
    expect(rows[0]?.cells.phone?.text).toBe('19912345678')
    expect(notes).toEqual([expect.stringMatching(/^第 3 行在文件里是隐藏的.*请在文件里删除后重新上传$/)])
  })
})

describe('A cell', () => {
  async function cellsOf(changes: Parameters<typeof soundRowWith>[0]) {
    const sheet = await readWhole(await workbookOf({ rows: [HEADINGS, soundRowWith(changes)] }))
    return sheet.rows[0]
  }

  it('of a formula counts with its saved result, and is never worked out', async () => {
    const row = await cellsOf({
      计算基数: { formula: '1+1', result: 4500 },
      家庭住址: { formula: 'HYPERLINK("http://example.invalid","杏花巷")', result: '杏花巷' },
      工作岗位: { formula: '1+1' },
      党籍状态: { formula: 'NA()', result: { error: '#N/A' } },
    })
    expect(row?.cells).toMatchObject({
      base: { text: '4500', number: 4500 },
      address: { text: '杏花巷' },
      standing: { text: '#N/A' },
    })
    expect(row?.cells.post).toBeUndefined()
  })

  it('gives the text a person sees: of formatted runs, of a link, of a true date, of an error', async () => {
    const row = await cellsOf({
      姓名: { richText: [{ text: '周' }, { text: '明远', font: { bold: true } }] },
      家庭住址: { text: '杏花巷', hyperlink: 'http://example.invalid' },
      出生日期: new Date('1983-03-21T00:00:00Z'),
      是否流动党员: false,
      工作岗位: { error: '#REF!' },
      所在党支部: '<b>东岭村</b>&amp;党支部',
    })
    expect(row?.cells).toMatchObject({
      name: { text: '周明远' },
      address: { text: '杏花巷' },
      birthDate: { text: '1983-03-21', date: '1983-03-21' },
      floating: { text: 'FALSE' },
      post: { text: '#REF!' },
      unit: { text: '<b>东岭村</b>&amp;党支部' },
    })
  })

  it('with an identity number that Excel made a number shows what Excel would show', async () => {
    const row = await cellsOf({ 公民身份号码: 990101198303216000 })
    expect(row?.cells.idNumber).toEqual({ text: '9.90101198303216E+17', number: 990101198303216000 })
  })

  const HEADER = textRow(1, ['姓名', '公民身份号码', '所在党支部', '出生日期'])
  const datedRow = (day: number) =>
    `<row r="2"><c r="A2" t="inlineStr"><is><t>周明远</t></is></c><c r="D2" s="1"><v>${day}</v></c></row>`

  it('in a Chinese built-in date format is a date, by the calendar of its workbook', async () => {
    const modern = await readWhole(zipOf(handmadeParts(HEADER + datedRow(30396))))
    expect(modern.rows[0]?.cells.birthDate).toEqual({ text: '1983-03-21', date: '1983-03-21' })
    const macintosh = await readWhole(
      zipOf(handmadeParts(HEADER + datedRow(30396 - 1462), '', 'date1904="1"')),
    )
    expect(macintosh.rows[0]?.cells.birthDate?.date).toBe('1983-03-21')
  })
})
