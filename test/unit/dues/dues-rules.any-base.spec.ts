import fc from 'fast-check'
import { ROUNDINGS, type Rounding } from '../../../server/contracts/organization/dues-policy.js'
import {
  computedClasses,
  computeDues,
  explain,
  MONTHLY_LIMIT_FEN,
  RETIRED_BRACKETS,
  WAGE_BRACKETS,
} from '../../../server/modules/organization/dues/dues.rules.js'

const aClass = fc.constantFrom(...computedClasses)
const aRounding = fc.constantFrom(...ROUNDINGS)
/** Up to a million yuan, and often where something turns. */
const aBase = fc.oneof(
  fc.integer({ min: 0, max: 100_000_000 }),
  fc.integer({ min: 0, max: 6_000_000 }),
  fc
    .tuple(
      fc.constantFrom(300_000, 500_000, 1_000_000, 5_000_000, 10_000_000),
      fc.integer({ min: -3, max: 3 }),
    )
    .map(([edge, off]) => edge + off),
)

/** Half up in exact arithmetic, written another way than the rule: parts of 1/10000 fen. */
function exactly(baseFen: bigint, rateBasisPoints: bigint, rounding: Rounding): bigint {
  const unit = rounding === 'jiao' ? 10n : 1n
  const product = baseFen * rateBasisPoints
  const whole = product / (10_000n * unit)
  const rest = product % (10_000n * unit)
  return (whole + (2n * rest >= 10_000n * unit ? 1n : 0n)) * unit
}

const limited = (fen: bigint) => (fen > BigInt(MONTHLY_LIMIT_FEN) ? BigInt(MONTHLY_LIMIT_FEN) : fen)

describe('Whatever the base', () => {
  it('the dues are what exact arithmetic gives, and never above the limit', () => {
    fc.assert(
      fc.property(aClass, aBase, aRounding, (duesClass, baseFen, rounding) => {
        const { rateBasisPoints, uncappedFen, amountFen } = computeDues(duesClass, baseFen, rounding)
        const exact = exactly(BigInt(baseFen), BigInt(rateBasisPoints), rounding)
        expect(BigInt(uncappedFen)).toBe(exact)
        expect(BigInt(amountFen)).toBe(limited(exact))
        expect(amountFen).toBeLessThanOrEqual(MONTHLY_LIMIT_FEN)
      }),
      { numRuns: 2_000 },
    )
  })

  it('who earns more within a bracket never pays less', () => {
    fc.assert(
      fc.property(aClass, aBase, fc.nat(50_000), aRounding, (duesClass, baseFen, more, rounding) => {
        const one = computeDues(duesClass, baseFen, rounding)
        const other = computeDues(duesClass, baseFen + more, rounding)
        if (one.rateBasisPoints === other.rateBasisPoints) {
          expect(other.amountFen).toBeGreaterThanOrEqual(one.amountFen)
        } else {
          expect(other.rateBasisPoints).toBeGreaterThan(one.rateBasisPoints)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('the numbers of the sentence recompute the amount, and name the bracket the base lies in', () => {
    fc.assert(
      fc.property(aClass, aBase, aRounding, (duesClass, baseFen, rounding) => {
        const { rateBasisPoints, amountFen } = computeDues(duesClass, baseFen, rounding)
        const sentence = explain({ duesClass, baseFen, rateBasisPoints, amountFen, rounding })
        const read = readSentence(sentence)
        expect(read.base).toBe(BigInt(baseFen))
        expect(exactly(read.base, read.rate, read.toJiao ? 'jiao' : 'fen')).toBe(read.product)
        expect(read.limit ?? read.product).toBe(BigInt(amountFen))
        if (read.above !== null) expect(read.base).toBeGreaterThan(read.above)
        if (read.upTo !== null) expect(read.base).toBeLessThanOrEqual(read.upTo)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('The brackets', () => {
  it.each([
    ['wages', WAGE_BRACKETS],
    ['pensions', RETIRED_BRACKETS],
  ])('of %s follow each other without a gap, the last without an end', (_, brackets) => {
    const ends = brackets.map(({ upToFen }) => upToFen ?? Infinity)
    const rates = brackets.map(({ rateBasisPoints }) => rateBasisPoints)
    expect(ends.at(-1)).toBe(Infinity)
    expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b))
    expect(rates).toEqual([...new Set(rates)].sort((a, b) => a - b))
  })
})

/** What a member reads in the sentence: amounts in fen, the rate in basis points. */
function readSentence(sentence: string) {
  const [, base = '', rate = '', product = ''] = /，([\d.]+) × ([\d.]+)% = ([\d.]+) 元/.exec(sentence) ?? []
  const above = /[，]超过 (\d+) 元/.exec(sentence)?.[1]
  const upTo = /不超过 (\d+) 元的/.exec(sentence)?.[1]
  const limit = /一般不超过 ([\d.]+) 元，按此缴纳/.exec(sentence)?.[1]
  return {
    base: hundredths(base),
    rate: hundredths(rate),
    product: hundredths(product),
    above: above === undefined ? null : hundredths(above),
    upTo: upTo === undefined ? null : hundredths(upTo),
    limit: limit === undefined ? null : hundredths(limit),
    toJiao: sentence.includes('四舍五入到角'),
  }
}

/** Yuan to fen, or percent to basis points, digit by digit. */
function hundredths(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(2, '0'))
}
