import { DUES_CLASSES } from '../../../server/contracts/organization/dues.js'
import {
  CLASS_RULES,
  computedClasses,
  computeDues,
  explain,
  FARMER_MAX_FEN,
  FARMER_MIN_FEN,
  fixedDues,
  isComputed,
  MONTHLY_LIMIT_FEN,
} from '../../../server/modules/organization/dues/dues.rules.js'

describe('Wages, annual salaries and irregular incomes', () => {
  it.each([
    // base, rate in basis points, dues: all in fen
    [0, 50, 0],
    [1, 50, 0],
    [99, 50, 0],
    [100, 50, 1],
    [299_999, 50, 1_500],
    [300_000, 50, 1_500],
    [300_001, 100, 3_000],
    [499_999, 100, 5_000],
    [500_000, 100, 5_000],
    [500_001, 150, 7_500],
    [628_443, 150, 9_427],
    [999_999, 150, 15_000],
    [1_000_000, 150, 15_000],
    [1_000_001, 200, 20_000],
    [4_999_974, 200, 99_999],
    [4_999_975, 200, 100_000],
    [5_000_000, 200, 100_000],
    [5_000_001, 200, 100_000],
    [5_000_025, 200, 100_000],
    [100_000_000, 200, 100_000],
  ])('a base of %i fen is charged at %i basis points: %i fen', (baseFen, rateBasisPoints, amountFen) => {
    for (const duesClass of ['wage', 'annual-salary', 'irregular'] as const) {
      expect(computeDues(duesClass, baseFen, 'fen')).toMatchObject({ rateBasisPoints, amountFen })
    }
  })
})

describe('The retired', () => {
  it.each([
    [300_001, 50, 1_500],
    [386_000, 50, 1_930],
    [499_999, 50, 2_500],
    [500_000, 50, 2_500],
    [500_001, 100, 5_000],
    [1_000_001, 100, 10_000],
    [9_999_949, 100, 99_999],
    [9_999_950, 100, 100_000],
    [10_000_051, 100, 100_000],
  ])('a pension of %i fen is charged at %i basis points: %i fen', (baseFen, rateBasisPoints, amountFen) => {
    expect(computeDues('retired', baseFen, 'fen')).toMatchObject({ rateBasisPoints, amountFen })
  })
})

describe('The monthly limit', () => {
  it('is 1000 yuan, and what the rate alone would give stays known', () => {
    expect(MONTHLY_LIMIT_FEN).toBe(100_000)
    expect(computeDues('wage', 5_000_100, 'fen')).toEqual({
      rateBasisPoints: 200,
      amountFen: 100_000,
      uncappedFen: 100_002,
    })
  })
})

describe('Rounding', () => {
  it.each([
    // 0.5 % of 10.99 yuan is 5.495 fen, of 11.00 yuan 5.5 fen
    [1_099, 5],
    [1_100, 6],
    [1_101, 6],
  ])('%i fen give %i fen: half a fen goes up', (baseFen, amountFen) => {
    expect(computeDues('wage', baseFen, 'fen').amountFen).toBe(amountFen)
  })

  it.each([
    // 0.5 % of 209.99 yuan is 1.04995 yuan, of 210.00 yuan 1.05 yuan
    [20_999, 100],
    [21_000, 110],
    [22_999, 110],
    [23_000, 120],
    [999, 0],
    [1_000, 10],
  ])('%i fen give %i fen where the unit rounds to the jiao: half a jiao goes up', (baseFen, amountFen) => {
    expect(computeDues('wage', baseFen, 'jiao').amountFen).toBe(amountFen)
  })
})

describe('Fixed amounts', () => {
  it('a farmer pays what the unit has fixed, between 0.2 and 1 yuan', () => {
    expect([FARMER_MIN_FEN, FARMER_MAX_FEN]).toEqual([20, 100])
    expect([20, 50, 100].map((farmerFen) => fixedDues('farmer', farmerFen))).toEqual([20, 50, 100])
  })

  it.each(['student', 'laid-off', 'relief'] as const)(
    '%s pays 0.2 yuan whatever farmers pay',
    (duesClass) => {
      expect([20, 100].map((farmerFen) => fixedDues(duesClass, farmerFen))).toEqual([20, 20])
    },
  )

  it('and bases belong to exactly four classes', () => {
    expect(computedClasses).toEqual(['wage', 'annual-salary', 'irregular', 'retired'])
    expect(DUES_CLASSES.filter((duesClass) => !isComputed(duesClass))).toEqual([
      'farmer',
      'student',
      'laid-off',
      'relief',
    ])
    expect(() => computeDues('farmer', 100, 'fen')).toThrow(RangeError)
    expect(() => fixedDues('wage', 20)).toThrow(RangeError)
  })

  it.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('%d is no base', (baseFen) => {
    expect(() => computeDues('wage', baseFen, 'fen')).toThrow(RangeError)
  })
})

describe('In words', () => {
  it.each([
    [
      'wage',
      300_000,
      'fen',
      '每月工资收入 3000.00 元，不超过 3000 元的按 0.5% 缴纳，3000.00 × 0.5% = 15.00 元。',
    ],
    [
      'annual-salary',
      300_001,
      'fen',
      '当月实际领取的薪酬 3000.01 元，超过 3000 元、不超过 5000 元的按 1% 缴纳，3000.01 × 1% = 30.00 元。',
    ],
    [
      'irregular',
      500_001,
      'jiao',
      '上季度月平均纯收入 5000.01 元，超过 5000 元、不超过 10000 元的按 1.5% 缴纳，5000.01 × 1.5% = 75.00 元（四舍五入到角）。',
    ],
    [
      'retired',
      500_001,
      'fen',
      '每月离退休费 5000.01 元，超过 5000 元的按 1% 缴纳，5000.01 × 1% = 50.00 元。',
    ],
    [
      'wage',
      5_100_000,
      'fen',
      '每月工资收入 51000.00 元，超过 10000 元的按 2% 缴纳，51000.00 × 2% = 1020.00 元；按比例计算的月党费一般不超过 1000.00 元，按此缴纳。',
    ],
  ] as const)('%s on %i fen, rounded to the %s', (duesClass, baseFen, rounding, sentence) => {
    const { rateBasisPoints, amountFen } = computeDues(duesClass, baseFen, rounding)
    expect(explain({ duesClass, baseFen, rateBasisPoints, amountFen, rounding })).toBe(sentence)
  })

  it.each([
    ['farmer', 50, '农民党员，由本单位在每月 0.2 至 1 元内确定，现为 0.50 元。', '《规定》第六条'],
    ['student', 20, '学生党员，每月 0.20 元。', '《规定》第六条'],
    ['laid-off', 20, '下岗失业党员，每月 0.20 元。', '《规定》第六条'],
    ['relief', 20, '领取抚恤、救济或低保党员，每月 0.20 元。', '《规定》第六条'],
  ] as const)('%s on %i fen', (duesClass, amountFen, sentence, article) => {
    expect(explain({ duesClass, baseFen: null, rateBasisPoints: null, amountFen, rounding: 'fen' })).toBe(
      sentence,
    )
    expect(CLASS_RULES[duesClass].article).toBe(article)
  })
})
