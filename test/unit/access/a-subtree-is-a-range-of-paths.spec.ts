import fc from 'fast-check'
import { subtreeOf, withinScope } from '../../../server/platform/access/scope.js'

/** Ids are ULIDs; short ones over the same alphabet collide more often, which is what finds mistakes. */
const id = fc.oneof(fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/), fc.stringMatching(/^[0-9AZ]{1,3}$/))
const path = fc.array(id, { minLength: 1, maxLength: 5 }).map((ids) => `/${ids.join('/')}/`)
/** A path and another one that is often below it, beside it, or above it. */
const pair = fc.oneof(
  fc.tuple(path, path),
  fc
    .tuple(path, fc.array(id, { maxLength: 3 }))
    .map(([above, rest]): [string, string] => [above, `${above}${rest.map((each) => `${each}/`).join('')}`]),
  fc.tuple(path, id).map(([one, tail]): [string, string] => [one, `${one.slice(0, -1)}${tail}/`]),
)

const isWithin = (root: string, other: string): boolean => {
  const { from, below } = subtreeOf(root)
  return other >= from && other < below
}

describe('a subtree is a range of paths', () => {
  it('a path lies in the range of another exactly when it starts with it', () => {
    fc.assert(
      fc.property(pair, ([root, other]) => isWithin(root, other) === other.startsWith(root)),
      { numRuns: 2000 },
    )
  })

  it('a unit lies in its own range, and its parent does not', () => {
    fc.assert(
      fc.property(path, id, (parent, child) => {
        const below = `${parent}${child}/`
        return isWithin(below, below) && isWithin(parent, below) && !isWithin(below, parent)
      }),
    )
  })

  it('a brother whose id starts the same is not in it', () => {
    expect(isWithin('/A/B/', '/A/B0/')).toBe(false)
    expect(isWithin('/A/B/', '/A/BZ/C/')).toBe(false)
  })
})

describe('a scope becomes a condition', () => {
  it('of as many placeholders as parameters, each range once', () => {
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 6 }), (paths) => {
        const { sql, parameters } = withinScope({ ranges: paths.map(subtreeOf) }, 'n')
        expect(sql.match(/\?/g)).toHaveLength(parameters.length)
        expect(parameters).toEqual(paths.flatMap((each) => Object.values(subtreeOf(each))))
        // Nothing of a path may become part of the statement.
        for (const each of paths) expect(sql).not.toContain(each)
      }),
    )
  })

  it('that stays one condition beside others', () => {
    const { sql } = withinScope({ ranges: ['/A/', '/B/'].map(subtreeOf) }, 'n')
    expect(sql.startsWith('(') && sql.endsWith(')')).toBe(true)
  })

  it('that no row meets when there is no scope at all', () => {
    expect(withinScope({ ranges: [] }, 'n')).toEqual({ sql: '1 = 0', parameters: [] })
  })
})
