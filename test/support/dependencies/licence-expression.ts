/** An SPDX expression as it is nested: one licence, or several of which any or all hold. */
type Expression = string | { any: Expression[] } | { all: Expression[] }

/**
 * Whether an SPDX licence expression can be met with these licences alone: of `A OR B` one has to be among them, of
 * `A AND B` both. `WITH` an exception counts as a licence of its own.
 *
 * @throws when it is no expression, such as `SEE LICENSE IN file`
 */
export const isMetBy = (expression: string, licences: ReadonlySet<string>): boolean =>
  holds(parse(expression), licences)

function holds(expression: Expression, licences: ReadonlySet<string>): boolean {
  if (typeof expression === 'string') return licences.has(expression)
  if ('any' in expression) return expression.any.some((part) => holds(part, licences))
  return expression.all.every((part) => holds(part, licences))
}

function parse(text: string): Expression {
  const words = text.match(/[()]|[^\s()]+/g) ?? []
  const refuse = (): never => {
    throw new Error(`“${text}” is no SPDX licence expression`)
  }
  const operand = (): Expression => {
    const word = words.shift()
    if (word === '(') {
      const inner = anyOf()
      return words.shift() === ')' ? inner : refuse()
    }
    if (word === undefined || !/^[A-Za-z0-9.+-]+$/.test(word) || /^(AND|OR|WITH)$/.test(word)) return refuse()
    if (words[0] !== 'WITH') return word
    words.shift()
    return `${word} WITH ${words.shift() ?? refuse()}`
  }
  const chain = (separator: string, part: () => Expression): Expression[] => {
    const parts = [part()]
    while (words[0] === separator) {
      words.shift()
      parts.push(part())
    }
    return parts
  }
  // AND binds closer than OR.
  const allOf = (): Expression => ({ all: chain('AND', operand) })
  const anyOf = (): Expression => ({ any: chain('OR', allOf) })
  const expression = anyOf()
  return words.length === 0 ? expression : refuse()
}
