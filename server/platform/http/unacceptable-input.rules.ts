import type { FieldProblem } from '../../contracts/platform/problem.js'

/** Contracts are nested twice at most. Deeper input can only be an attempt to exhaust the stack. */
const MOST_DEPTH = 8
const MOST_VALUES = 5_000
/** Control characters except tab and line breaks, and half surrogate pairs: no database stores them unchanged. */
const UNREADABLE = /[^\P{Cc}\t\n\r]|\p{Cs}/u

/**
 * Finds input that no contract allows: unreadable characters, very deep nesting, thousands of values, and field names
 * that every object has, such as `constructor`, because the later validation ignores those. It walks without
 * recursion.
 * @returns the first problem found, with the path of its field; undefined when there is none
 */
export function findUnacceptable(input: unknown): FieldProblem | undefined {
  const waiting: Array<{ value: unknown; path: string[] }> = [{ value: input, path: [] }]
  for (let seen = 0; ; seen++) {
    const next = waiting.pop()
    if (!next) return undefined
    const { value, path } = next
    if (path.length > MOST_DEPTH) return problem(path.slice(0, 1), '层次太多，请减少')
    if (seen + waiting.length > MOST_VALUES) return problem(path.slice(0, 1), '内容太多，请分几次提交')
    if (typeof value === 'string' && UNREADABLE.test(value)) {
      return problem(path, '含有看不见的字符，请重新输入')
    }
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (key in Object.prototype) return problem([...path, key], '不认识这一项，请去掉')
        waiting.push({ value: inner, path: [...path, key] })
      }
    }
  }
}

const problem = (path: string[], message: string): FieldProblem => ({
  field: path.join('.') || 'body',
  message,
})
