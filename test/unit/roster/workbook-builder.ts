import type ExcelJS from 'exceljs'

export { workbookOf } from '../../support/workbook-files.js'

export const HEADINGS = [
  '序号',
  '姓名',
  '性别',
  '公民身份号码',
  '民族',
  '出生日期',
  '学历',
  '人员类别',
  '所在党支部',
  '入党日期',
  '转正日期',
  '工作岗位',
  '联系电话',
  '家庭住址',
  '党籍状态',
  '是否失联党员',
  '是否流动党员',
  '党费类别',
  '计算基数',
]

/** A row of a sound member in the order of HEADINGS. */
export const SOUND_ROW: ExcelJS.CellValue[] = [
  1,
  '周明远',
  '男',
  '990101198303216018',
  '汉族',
  '1983-03-21',
  '大学本科',
  '正式党员',
  '东岭村党支部',
  '2009.12.11',
  '2010年12月11日',
  '教师',
  '19912345678',
  '杏花巷 12 号',
  '正常',
  '否',
  '否',
  '在职',
  4500.5,
]

/** The sound row with some columns changed. */
export function soundRowWith(changes: Record<string, ExcelJS.CellValue>): ExcelJS.CellValue[] {
  return HEADINGS.map((heading, index) => (heading in changes ? changes[heading] : SOUND_ROW[index]))
}
