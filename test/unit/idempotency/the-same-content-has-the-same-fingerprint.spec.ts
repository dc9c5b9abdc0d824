import fc from 'fast-check'
import { Invalid } from '../../../server/platform/http/errors.js'
import { fingerprint, keyIn, neededKeyIn } from '../../../server/platform/idempotency/idempotency.rules.js'

const print = (body: unknown, path = '/api/v1/units') => fingerprint({ method: 'POST', path, body })

describe('the fingerprint of a command', () => {
  it('does not depend on the order of fields, at any depth', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned)
      if (typeof value !== 'object' || value === null) return value
      const entries = Object.entries(value).reverse()
      return Object.fromEntries(entries.map(([name, inner]) => [name, turned(inner)]))
    }
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (body) => {
        expect(print(turned(body))).toBe(print(body))
      }),
    )
  })

  it('tells any two different contents apart', () => {
    const body = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 2 }), {
      noNullPrototype: true,
    })
    fc.assert(
      fc.property(body, body, (one, other) => {
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
        expect(print(one) === print(other)).toBe(same)
      }),
    )
  })

  it.each([
    ['an array of pairs and an object', { a: 1 }, [['a', 1]]],
    ['text and number', { a: '1' }, { a: 1 }],
    ['null and nothing', { a: null }, {}],
  ])('%s are two things', (_, one, other) => expect(print(one)).not.toBe(print(other)))

  it('nothing at all and an empty object are one: the phone sends the one, programs the other', () => {
    expect(print(undefined)).toBe(print({}))
    expect(print(null)).toBe(print({}))
  })

  it('the address counts, and of a file its bytes and its fields', () => {
    expect(print({}, '/api/v1/bindings/a/confirmation')).not.toBe(
      print({}, '/api/v1/bindings/b/confirmation'),
    )
    const upload = (bytes: string, unitId?: string) =>
      fingerprint({
        method: 'POST',
        path: '/api/v1/roster-imports',
        upload: { file: { bytes: Buffer.from(bytes) }, fields: { unitId } },
      })
    expect(upload('one')).toBe(upload('one'))
    expect(upload('one')).not.toBe(upload('two'))
    expect(upload('one')).not.toBe(upload('one', 'u'))
  })

  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === 'object' && value !== null
        ? Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([name, inner]) => [name, sorted(inner)])
        : value
})

describe('a key', () => {
  it('has 8 to 64 letters, digits, dashes or underscores', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w-]{8,64}$/), (key) => {
        expect(keyIn(key)).toBe(key)
        expect(neededKeyIn(key)).toBe(key)
      }),
    )
  })

  it.each([['short'], ['x'.repeat(65)], ['two words'], ['党员党员党员党员'], ['a-good-key\n'], ['']])(
    'is not %j',
    (key) => {
      expect(() => keyIn(key)).toThrow(Invalid)
    },
  )

  it('may be left out, but not of what needs one', () => {
    expect(keyIn(undefined)).toBeUndefined()
    expect(() => neededKeyIn(undefined)).toThrow(Invalid)
  })
})
