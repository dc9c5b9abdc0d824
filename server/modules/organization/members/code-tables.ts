/** National code tables of a member's file. Codes are strings: leading zeros are part of them. */

/** GB/T 3304-1991 中国各民族名称的罗马字母拼写法和代码: the fifty-six nationalities. */
export const NATIONALITIES: Readonly<Record<string, string>> = {
  '01': '汉族',
  '02': '蒙古族',
  '03': '回族',
  '04': '藏族',
  '05': '维吾尔族',
  '06': '苗族',
  '07': '彝族',
  '08': '壮族',
  '09': '布依族',
  '10': '朝鲜族',
  '11': '满族',
  '12': '侗族',
  '13': '瑶族',
  '14': '白族',
  '15': '土家族',
  '16': '哈尼族',
  '17': '哈萨克族',
  '18': '傣族',
  '19': '黎族',
  '20': '傈僳族',
  '21': '佤族',
  '22': '畲族',
  '23': '高山族',
  '24': '拉祜族',
  '25': '水族',
  '26': '东乡族',
  '27': '纳西族',
  '28': '景颇族',
  '29': '柯尔克孜族',
  '30': '土族',
  '31': '达斡尔族',
  '32': '仫佬族',
  '33': '羌族',
  '34': '布朗族',
  '35': '撒拉族',
  '36': '毛南族',
  '37': '仡佬族',
  '38': '锡伯族',
  '39': '阿昌族',
  '40': '普米族',
  '41': '塔吉克族',
  '42': '怒族',
  '43': '乌孜别克族',
  '44': '俄罗斯族',
  '45': '鄂温克族',
  '46': '德昂族',
  '47': '保安族',
  '48': '裕固族',
  '49': '京族',
  '50': '塔塔尔族',
  '51': '独龙族',
  '52': '鄂伦春族',
  '53': '赫哲族',
  '54': '门巴族',
  '55': '珞巴族',
  '56': '基诺族',
}

/** GB/T 4658-2006 学历代码: the levels, and under each the codes of graduates that a roster uses. */
export const EDUCATION_LEVELS: Readonly<Record<string, string>> = {
  '10': '研究生教育',
  '11': '博士研究生毕业',
  '14': '硕士研究生毕业',
  '17': '研究生班毕业',
  '20': '大学本科教育',
  '21': '大学本科毕业',
  '28': '大学普通班毕业',
  '30': '大学专科教育',
  '31': '大学专科毕业',
  '40': '中等职业教育',
  '41': '中等专科毕业',
  '44': '职业高中毕业',
  '47': '技工学校毕业',
  '60': '普通高级中学教育',
  '61': '普通高中毕业',
  '70': '初级中学教育',
  '71': '初中毕业',
  '80': '小学教育',
  '81': '小学毕业',
  '90': '其他',
}

/** Common words for a level. A word that does not say that the person graduated means the level itself. */
const EDUCATION_WORDS: Readonly<Record<string, string>> = {
  研究生: '10',
  博士研究生: '11',
  博士: '11',
  硕士研究生: '14',
  硕士: '14',
  研究生班: '17',
  大学本科: '20',
  本科: '20',
  大学: '20',
  大学普通班: '28',
  大学专科: '30',
  大专: '30',
  专科: '30',
  高职: '30',
  中等专科: '41',
  中专: '41',
  职业高中: '44',
  职高: '44',
  技工学校: '47',
  技校: '47',
  中技: '47',
  普通高中: '60',
  高中: '60',
  初中: '70',
  小学: '80',
  文盲: '90',
  半文盲: '90',
}

const byName = (table: Readonly<Record<string, string>>) =>
  new Map(Object.entries(table).map(([code, name]) => [name, code]))
const NATIONALITY_CODES = byName(NATIONALITIES)
const EDUCATION_CODES = new Map([...byName(EDUCATION_LEVELS), ...Object.entries(EDUCATION_WORDS)])

/** '01' to '56' for a nationality's name, with or without 族; null when the table does not have the name. */
export function nationalityCode(name: string): string | null {
  return NATIONALITY_CODES.get(name) ?? NATIONALITY_CODES.get(`${name}族`) ?? null
}

/** The code of an education level, by its standard name or a common word; null when there is none. */
export function educationCode(name: string): string | null {
  const bare = name.replace(/(学历|文化程度|文化)$/, '')
  return EDUCATION_CODES.get(bare) ?? EDUCATION_CODES.get(bare.replace(/毕业$/, '')) ?? null
}

/** The name a code stands for; a code the table does not have is shown as it is. */
export const nationalityName = (code: string): string => NATIONALITIES[code] ?? code
export const educationName = (code: string): string => EDUCATION_LEVELS[code] ?? code
