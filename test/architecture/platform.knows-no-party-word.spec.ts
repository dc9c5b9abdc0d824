import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { filesBelow } from '../../miniprogram/npm/reachable-files.js'

const PLATFORM = resolve(__dirname, '../../server/platform')

/** Words of what the modules are about; `due` alone is a time. */
const PARTY_WORDS = new Set([
  ...['party', 'committee', 'committees', 'branch', 'branches', 'county', 'counties', 'village', 'villages'],
  ...['secretary', 'secretaries', 'officer', 'officers', 'superior', 'superiors', 'roster', 'rosters'],
  ...['binding', 'bindings', 'dues', 'bill', 'bills', 'assessment', 'assessments', 'ledger', 'ledgers'],
])
const PARTY_CHARACTERS = /党|支部|书记|花名册|县|乡|村/g

/** Every word of identifiers, texts and comments. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z]+/g) ?? []

const partyWordsIn = (text: string): string[] => [
  ...(text.match(PARTY_CHARACTERS) ?? []),
  ...wordsOf(text).filter((word) => PARTY_WORDS.has(word)),
]

describe('the platform', () => {
  // A migration is never edited once it has run somewhere.
  const files = filesBelow(PLATFORM).filter((file) => file.endsWith('.ts') && !file.startsWith('migrations/'))

  it('knows no word of the Party: in code, comments and messages', () => {
    expect(files.length).toBeGreaterThan(100)
    const found = files.flatMap((file) =>
      partyWordsIn(readFileSync(join(PLATFORM, file), 'utf8')).map((word) => `${file}: ${word}`),
    )
    expect(found).toEqual([])
  })
})

describe('words of the Party', () => {
  it.each([
    ['请联系上级党组织授权', ['党']],
    ['const duesBills = rosterOf(branches)', ['dues', 'bills', 'roster', 'branches']],
    ['`dues.bill-paid` of two counties', ['dues', 'bill', 'counties']],
    ['billing, boundary, subunit: a duet that is due, about 组织', []],
  ])('in “%s”: %j', (text, words) => expect(partyWordsIn(text)).toEqual(words))
})
