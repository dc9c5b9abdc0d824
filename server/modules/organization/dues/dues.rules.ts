import { DUES_CLASSES, type BillState, type DuesClass } from '../../../contracts/organization/dues.js'
import type { Rounding } from '../../../contracts/organization/dues-policy.js'

/*
 * 《关于中国共产党党费收缴、使用和管理的规定》（中组发〔2008〕3号，下称《规定》）
 * 组电明字〔2017〕5号（下称《2017通知》）
 * Amounts are whole fen, rates are basis points (hundredths of a percent).
 */

export interface Bracket {
  /** The bracket holds up to and including this base; null means no upper limit. */
  upToFen: number | null
  rateBasisPoints: number
}

/** 《规定》第二条：每月工资收入 3000 元以下 0.5%，3000 至 5000 元 1%，5000 至 10000 元 1.5%，10000 元以上 2%；按全额，不分段累计。 */
export const WAGE_BRACKETS: readonly Bracket[] = [
  { upToFen: 3_000_00, rateBasisPoints: 50 },
  { upToFen: 5_000_00, rateBasisPoints: 100 },
  { upToFen: 10_000_00, rateBasisPoints: 150 },
  { upToFen: null, rateBasisPoints: 200 },
]

/** 《规定》第五条：离退休干部、职工，5000 元以下 0.5%，5000 元以上 1%。 */
export const RETIRED_BRACKETS: readonly Bracket[] = [
  { upToFen: 5_000_00, rateBasisPoints: 50 },
  { upToFen: null, rateBasisPoints: 100 },
]

/** 《2017通知》：按比例计算的月党费一般不超过 1000 元。 */
export const MONTHLY_LIMIT_FEN = 1_000_00

/** 《规定》第六条：农民党员每月 0.2 至 1 元，由所在单位确定。 */
export const FARMER_MIN_FEN = 20
export const FARMER_MAX_FEN = 100

/** 《规定》第六条：学生、下岗失业、依靠抚恤或救济生活、领取最低生活保障金的党员，每月 0.2 元。 */
export const RELIEF_FEN = 20

/** 《规定》第十二条：补缴党费一般不超过 6 个月。 */
export const BACK_PAY_MONTHS = 6

/** 《规定》第十二条：经支部同意，可以每季度缴纳一次。 */
export const MONTHS_OF_QUARTER = 3

interface ClassRule {
  inWords: string
  article: string
  /** Absent for classes with a fixed amount. */
  brackets?: readonly Bracket[]
  /** What the base is called in a sentence. */
  base?: string
}

export const CLASS_RULES: Record<DuesClass, ClassRule> = {
  wage: { inWords: '按月领工资', article: '《规定》第二条', brackets: WAGE_BRACKETS, base: '每月工资收入' },
  'annual-salary': {
    inWords: '实行年薪制',
    article: '《规定》第三条',
    brackets: WAGE_BRACKETS,
    base: '当月实际领取的薪酬',
  },
  irregular: {
    inWords: '收入不固定',
    article: '《规定》第四条',
    brackets: WAGE_BRACKETS,
    base: '上季度月平均纯收入',
  },
  retired: { inWords: '离退休', article: '《规定》第五条', brackets: RETIRED_BRACKETS, base: '每月离退休费' },
  farmer: { inWords: '农民', article: '《规定》第六条' },
  student: { inWords: '学生', article: '《规定》第六条' },
  'laid-off': { inWords: '下岗失业', article: '《规定》第六条' },
  relief: { inWords: '领取抚恤、救济或低保', article: '《规定》第六条' },
}

/**
 * A monthly base below 100 yuan is looked at: no wage and no pension is that small, the lowest basic pension of residents is higher
 * (143 yuan in 2025). Mostly it was typed in thousands, or left at zero; dues of a base of zero are never billed.
 */
export const NEAR_ZERO_BASE_FEN = 100_00

/** Whether a base is so small that somebody should look at it; classes with a fixed amount have none. */
export const isNearZero = (duesClass: DuesClass, baseFen: number | null): boolean =>
  isComputed(duesClass) && baseFen !== null && baseFen < NEAR_ZERO_BASE_FEN

/** Whether the amount is computed from a base; the other classes pay a fixed amount and need no assessment. */
export const isComputed = (duesClass: DuesClass): boolean => CLASS_RULES[duesClass].brackets !== undefined

export const computedClasses = DUES_CLASSES.filter(isComputed)

export interface ComputedDues {
  rateBasisPoints: number
  amountFen: number
  /** What the rate alone gives, before the monthly limit. */
  uncappedFen: number
}

/**
 * Monthly dues from a base: the rate of the bracket on the **whole** base, rounded half up, at most the limit.
 * @param baseFen whole fen, not negative
 * @throws RangeError for a class with a fixed amount or a base that is no amount
 */
export function computeDues(duesClass: DuesClass, baseFen: number, rounding: Rounding): ComputedDues {
  const { brackets } = CLASS_RULES[duesClass]
  if (!brackets) throw new RangeError(`${duesClass} has a fixed amount`)
  if (!Number.isSafeInteger(baseFen) || baseFen < 0) throw new RangeError(`not a base in fen: ${baseFen}`)
  const bracket = brackets.find(({ upToFen }) => upToFen === null || baseFen <= upToFen)
  if (!bracket) throw new RangeError('the last bracket has no end')
  const uncappedFen = rounded(baseFen * bracket.rateBasisPoints, rounding)
  return {
    rateBasisPoints: bracket.rateBasisPoints,
    uncappedFen,
    amountFen: Math.min(uncappedFen, MONTHLY_LIMIT_FEN),
  }
}

/** Half up, in whole numbers only: a basis point of a fen is a ten-thousandth. */
function rounded(tenThousandthsOfFen: number, rounding: Rounding): number {
  const unit = rounding === 'jiao' ? 100_000 : 10_000
  const units = Math.floor((tenThousandthsOfFen + unit / 2) / unit)
  return rounding === 'jiao' ? units * 10 : units
}

/** The fixed monthly amount of a class that needs no base. */
export function fixedDues(duesClass: DuesClass, farmerFen: number): number {
  if (isComputed(duesClass)) throw new RangeError(`${duesClass} is computed from a base`)
  return duesClass === 'farmer' ? farmerFen : RELIEF_FEN
}

export interface ExplainedAmount {
  duesClass: DuesClass
  baseFen: number | null
  rateBasisPoints: number | null
  amountFen: number
  rounding: Rounding
}

/** The amount in words, with all numbers that are needed to compute it. */
export function explain({
  duesClass,
  baseFen,
  rateBasisPoints,
  amountFen,
  rounding,
}: ExplainedAmount): string {
  const rule = CLASS_RULES[duesClass]
  if (!rule.brackets || baseFen === null || rateBasisPoints === null) {
    const decided = duesClass === 'farmer' ? '由本单位在每月 0.2 至 1 元内确定，现为' : '每月'
    return `${rule.inWords}党员，${decided} ${yuan(amountFen)} 元。`
  }
  const { uncappedFen } = computeDues(duesClass, baseFen, rounding)
  const sum = `${yuan(baseFen)} × ${percent(rateBasisPoints)} = ${yuan(uncappedFen)} 元`
  const inUnit = rounding === 'jiao' ? '（四舍五入到角）' : ''
  const capped =
    amountFen < uncappedFen ? `；按比例计算的月党费一般不超过 ${yuan(MONTHLY_LIMIT_FEN)} 元，按此缴纳` : ''
  return `${rule.base} ${yuan(baseFen)} 元，${bracketInWords(rule.brackets, baseFen)}，${sum}${inUnit}${capped}。`
}

function bracketInWords(brackets: readonly Bracket[], baseFen: number): string {
  const index = brackets.findIndex(({ upToFen }) => upToFen === null || baseFen <= upToFen)
  const { upToFen, rateBasisPoints } = brackets[index] ?? { upToFen: null, rateBasisPoints: 0 }
  const above = brackets[index - 1]?.upToFen
  const rate = `按 ${percent(rateBasisPoints)} 缴纳`
  if (above === undefined || above === null) return `不超过 ${wholeYuan(upToFen)} 元的${rate}`
  if (upToFen === null) return `超过 ${wholeYuan(above)} 元的${rate}`
  return `超过 ${wholeYuan(above)} 元、不超过 ${wholeYuan(upToFen)} 元的${rate}`
}

/** Fen as yuan with two decimals, exactly. */
export const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
const wholeYuan = (fen: number | null): string => String((fen ?? 0) / 100)
const percent = (basisPoints: number): string => `${basisPoints / 100}%`

/**
 * Why a bill may not be changed now; null when it may. A bill states what was owed when it was made: a new
 * assessment, a move or another generation does not change it. A bill that somebody is paying may not change, because
 * the payer has seen its amount in WeChat. A settled bill never changes.
 */
export function obstacleToChange(state: BillState, isBeingPaid: boolean): 'settled' | 'being-paid' | null {
  if (state !== 'unpaid') return 'settled'
  return isBeingPaid ? 'being-paid' : null
}
