/** The subtrees an actor may see, as ranges of paths. */
export interface Scope {
  ranges: Array<{ from: string; below: string }>
}

/** A path ends with `/`, and `0` is the next ASCII character. So the range holds the node and its whole subtree. */
export const subtreeOf = (path: string): { from: string; below: string } => ({
  from: path,
  below: `${path.slice(0, -1)}0`,
})

/**
 * A condition for the WHERE of a query in which `alias` is `org_node`, with its parameters.
 * An empty scope gives a condition that no row meets.
 */
export function withinScope(scope: Scope, alias: string): { sql: string; parameters: string[] } {
  if (scope.ranges.length === 0) return { sql: '1 = 0', parameters: [] }
  return {
    sql: `(${scope.ranges.map(() => `(${alias}.path >= ? AND ${alias}.path < ?)`).join(' OR ')})`,
    parameters: scope.ranges.flatMap(({ from, below }) => [from, below]),
  }
}
