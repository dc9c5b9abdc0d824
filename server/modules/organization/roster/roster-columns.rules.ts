/** Which column of a roster holds what, whatever the heading is called in this county. */

export type RosterField =
  | 'name'
  | 'sex'
  | 'idNumber'
  | 'nationality'
  | 'birthDate'
  | 'education'
  | 'category'
  | 'unit'
  | 'joinedOn'
  | 'regularizedOn'
  | 'post'
  | 'phone'
  | 'address'
  | 'standing'
  | 'lostContact'
  | 'floating'
  | 'duesClass'
  | 'base'

/** Headings of each field; the first is the one the national form uses and the one we name in messages. */
const HEADINGS: Readonly<Record<RosterField, readonly [string, ...string[]]>> = {
  name: ['姓名', '党员姓名', '名字'],
  sex: ['性别'],
  idNumber: [
    '公民身份号码',
    '身份证号',
    '身份证号码',
    '居民身份证号码',
    '身份号码',
    '证件号码',
    '证件号',
    '身份证',
  ],
  nationality: ['民族'],
  birthDate: ['出生日期', '出生年月', '出生年月日', '出生时间', '生日'],
  education: ['学历', '文化程度', '最高学历', '学历情况'],
  category: ['人员类别', '党员类别', '党员类型', '人员类型'],
  unit: [
    '所在党支部',
    '支部',
    '党支部',
    '所属支部',
    '所属党支部',
    '所在支部',
    '支部名称',
    '党支部名称',
    '党组织',
    '所在党组织',
    '所属党组织',
    '党组织名称',
  ],
  joinedOn: [
    '入党日期',
    '入党时间',
    '入党年月',
    '入党年月日',
    '加入党组织日期',
    '加入党组织时间',
    '加入中国共产党日期',
  ],
  regularizedOn: ['转正日期', '转正时间', '转正年月', '转为正式党员日期', '转为正式党员时间'],
  post: ['工作岗位', '岗位', '职业', '从事工作', '工作岗位及职务', '职务'],
  phone: ['联系电话', '手机号', '手机号码', '手机', '电话', '电话号码', '联系方式', '移动电话'],
  address: ['家庭住址', '住址', '家庭地址', '现居住地', '居住地址', '联系地址', '地址'],
  standing: ['党籍状态', '党籍', '党籍情况'],
  lostContact: ['是否失联党员', '是否失联', '失联党员', '失联'],
  floating: ['是否流动党员', '是否为流动党员', '是否流动', '流动党员'],
  duesClass: ['党费类别', '缴费类别', '党费缴纳类别', '交纳类别', '党费收缴类别'],
  base: ['计算基数', '缴费基数', '党费基数', '核定基数', '党费计算基数', '党费缴纳基数', '交纳基数', '基数'],
}

export const ROSTER_FIELDS = Object.keys(HEADINGS) as RosterField[]

/** Without these columns a row says neither who it is nor where they belong. */
export const REQUIRED_COLUMNS: readonly RosterField[] = ['name', 'idNumber', 'unit']

const FIELD_BY_HEADING = new Map(
  ROSTER_FIELDS.flatMap((field) => HEADINGS[field].map((heading) => [heading, field] as const)),
)

/** The usual heading of a field, for messages. */
export function headingOf(field: RosterField): string {
  return HEADINGS[field][0]
}

/** A heading without what forms decorate it with: spaces, line breaks, width, asterisks, remarks in brackets. */
export function normaliseHeading(heading: string): string {
  const plain = heading
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]+/gu, '')
    .replace(/[*※★:]/g, '')
  // No bracket within the brackets: thousands that are never closed would each be searched to the end.
  return plain.replace(/[([【〔「{][^([【〔「{)\]】〕」}]*[)\]】〕」}]/g, '') || plain
}

/** The field a heading stands for, or null for a column we do not keep. */
export function fieldOfHeading(heading: string): RosterField | null {
  return FIELD_BY_HEADING.get(normaliseHeading(heading)) ?? null
}

/** Every field with the first column (index into `headings`) that carries it. */
export function layOutColumns(headings: readonly string[]): Map<RosterField, number> {
  const layout = new Map<RosterField, number>()
  headings.forEach((heading, index) => {
    const field = fieldOfHeading(heading)
    if (field && !layout.has(field)) layout.set(field, index)
  })
  return layout
}

/** One known heading may be a word in a title or a remark; three in one row are a header. */
const HEADER_SCORE = 3

/** Whether a row of texts is a header row: it names at least three different fields. */
export function looksLikeHeader(texts: readonly string[]): boolean {
  return layOutColumns(texts).size >= HEADER_SCORE
}

/** The required fields a header row leaves out. */
export function missingColumns(texts: readonly string[]): RosterField[] {
  const layout = layOutColumns(texts)
  return REQUIRED_COLUMNS.filter((field) => !layout.has(field))
}
