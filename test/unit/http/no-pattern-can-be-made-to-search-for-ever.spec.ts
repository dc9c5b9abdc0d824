import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createContext, Script } from 'node:vm'
import ts from 'typescript'
import { filesBelow } from '../../../miniprogram/npm/reachable-files.js'

const SERVER = resolve(__dirname, '../../../server')
const LENGTH = 30_000
/** A search that grows with the square of the length takes seconds. */
const MOST_MS = 200
/** Only ever given texts that we have made, and those are short. */
const OF_OUR_OWN_TEXTS = ['/\\.?0+e/']

interface Pattern {
  where: string
  pattern: RegExp
}

/** Every regular expression of the server but those of the seeds, the sandbox and the demonstration. */
function patterns(): Pattern[] {
  return filesBelow(SERVER)
    .filter((file) => file.endsWith('.ts') && !/^(seeds|wechat-sandbox|demonstration)/.test(file))
    .flatMap((file) => {
      const source = ts.createSourceFile(
        file,
        readFileSync(join(SERVER, file), 'utf8'),
        ts.ScriptTarget.ES2022,
        true,
      )
      const found: Pattern[] = []
      const visit = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node) && !OF_OUR_OWN_TEXTS.includes(node.text)) {
          const end = node.text.lastIndexOf('/')
          const pattern = new RegExp(node.text.slice(1, end), node.text.slice(end + 1))
          const { line } = source.getLineAndCharacterOfPosition(node.getStart())
          found.push({ where: `${file}:${line + 1} ${node.text}`, pattern })
        }
        ts.forEachChild(node, visit)
      }
      visit(source)
      return found
    })
}

/** Long texts of what the pattern itself mentions, one by one and in pairs, with an end that fits nothing. */
function textsAgainst({ source }: RegExp): string[] {
  const own = [...source].filter((character) => !/[\\^$.*+?()[\]{}|]/.test(character))
  const atoms = [...new Set([...own, ...' \ta0_-.:/年', '\n', '\r', '党'])]
  const pairs = own.slice(0, 4).flatMap((one) => atoms.slice(0, 8).map((other) => one + other))
  return [...new Set([...atoms, ...pairs, ' a', 'a ', '0.', '\r\n'])].flatMap((atom) => {
    const text = atom.repeat(Math.ceil(LENGTH / atom.length)).slice(0, LENGTH)
    return [`${text}\u0001`, `a${text}\u0001`]
  })
}

const sandbox = createContext({})
const SEARCH = new Script('text.replace(pattern, "")')

/** @returns milliseconds; the search is cut off by an error when it takes far too long */
function timed(pattern: RegExp, text: string): number {
  const started = performance.now()
  try {
    Object.assign(sandbox, { text, pattern })
    SEARCH.runInContext(sandbox, { timeout: MOST_MS * 5 })
  } catch {
    return MOST_MS * 5
  }
  return performance.now() - started
}

describe('no pattern can be made to search for ever', () => {
  const all = patterns()

  it('they are found, those of the contracts among them', () => {
    expect(all.length).toBeGreaterThan(40)
    expect(all.filter(({ where }) => where.startsWith('contracts/')).length).toBeGreaterThan(5)
  })

  it('such a one would be noticed', () => {
    expect(timed(/(a+)+$/, `${'a'.repeat(40)}!`)).toBeGreaterThan(MOST_MS)
    expect(timed(/\s+$/, `${' '.repeat(200_000)}!`)).toBeGreaterThan(MOST_MS)
  })

  it.each(all.map(({ where, pattern }): [string, RegExp] => [where, pattern]))('%s', (_, pattern) => {
    for (const text of textsAgainst(pattern)) {
      // Twice, because the machine may have been busy with something else.
      if (timed(pattern, text) <= MOST_MS || timed(pattern, text) <= MOST_MS) continue
      throw new Error(`${text.length} characters such as ${JSON.stringify(text.slice(0, 6))} take too long`)
    }
  })
})
