import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DUES_CLASSES } from '../../server/contracts/organization/dues.js'
import * as rules from '../../server/modules/organization/dues/dues.rules.js'

const root = join(__dirname, '../..')
const page = readFileSync(join(root, 'docs/regulations.md'), 'utf8')

/** Cells of a table row whose first cell is the name in backticks. */
function rowOf(name: string): string[] | undefined {
  const line = page
    .split('\n')
    .find((text) => text.startsWith('|') && text.split('|')[1]?.trim() === `\`${name}\``)
  return line
    ?.split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

const constants = Object.keys(rules).filter((name) => /^[A-Z][A-Z0-9_]*$/.test(name))

describe('docs/regulations.md lists every constant that comes from a regulation', () => {
  it.each(constants)('%s, with its article, how sure we are and who may change it', (name) => {
    const [, value, article, confidence, whose] = rowOf(name) ?? []
    expect({ value, article, confidence, whose }).toEqual({
      value: expect.stringMatching(/./),
      article: expect.stringMatching(/第.+条|2017通知|—/),
      confidence: expect.stringMatching(/^[ABC](\/[ABC])?$/),
      whose: expect.stringMatching(/^(institutional|local)/),
    })
  })

  it.each(DUES_CLASSES)('the class %s, under the article that its bills name', (duesClass) => {
    expect(rowOf(duesClass)?.[3]).toBe(rules.CLASS_RULES[duesClass].article)
  })

  it('the age at which one may join, which the roster import checks', () => {
    const source = readFileSync(join(root, 'server/modules/organization/roster/roster-row.rules.ts'), 'utf8')
    expect(source).toContain('const MINIMUM_JOINING_AGE_YEARS = 18')
    expect(rowOf('MINIMUM_JOINING_AGE_YEARS')?.[1]).toContain('18')
  })

  it('and none that is gone', () => {
    const section = page.slice(page.indexOf('## Dues'), page.indexOf('## Joining'))
    const listed = [...section.matchAll(/^\| `([A-Z][A-Z0-9_]*)`/gm)].map(([, name]) => name)
    expect(listed.sort()).toEqual([...constants].sort())
  })
})
