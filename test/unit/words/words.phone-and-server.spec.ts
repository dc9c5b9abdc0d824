import { BILL_STATES, DUES_BASES, DUES_CLASSES } from '../../../miniprogram/src/labels/bill.js'
import {
  ART_23,
  CATEGORIES,
  FACT_KINDS,
  POST_TITLES,
  RIGHTS,
  SEXES,
  STANDINGS,
} from '../../../miniprogram/src/labels/member.js'
import { UNIT_KINDS } from '../../../miniprogram/src/labels/work.js'
import { POST_TITLES as OFFERED_TITLES } from '../../../server/contracts/organization/unit-post.js'
import { CLASS_RULES } from '../../../server/modules/organization/dues/dues.rules.js'
import { STATE_IN_WORDS } from '../../../server/modules/organization/dues/ledger-words.js'
import { FACT_RULES } from '../../../server/modules/organization/members/member-facts.rules.js'
import {
  ART_23_WORDS,
  CATEGORY_WORDS,
  RIGHTS_WORDS,
  SEX_WORDS,
  STANDING_WORDS,
} from '../../../server/modules/organization/members/member-words.js'
import { kindInWords } from '../../../server/modules/organization/units/units.rules.js'

type ClassRule = (typeof CLASS_RULES)[keyof typeof CLASS_RULES]

const ofEachClass = (show: (rule: ClassRule) => string | null) =>
  Object.fromEntries(Object.entries(CLASS_RULES).map(([name, rule]) => [name, show(rule)]))

/** The phone takes types from the server and nothing else, so its words are written there once more. */
describe('a thing has the same name on the phone, on paper and in a message', () => {
  it('the states of a bill', () => {
    const words = Object.fromEntries(Object.entries(BILL_STATES).map(([state, { word }]) => [state, word]))
    expect(words).toEqual(STATE_IN_WORDS)
  })

  it('the classes by which dues are paid', () => {
    expect(DUES_CLASSES).toEqual(ofEachClass(({ inWords }) => inWords))
  })

  it('the bases from which dues are computed, none for a class with a fixed amount', () => {
    expect(DUES_BASES).toEqual(ofEachClass(({ base }) => base ?? null))
  })

  it('the kinds of units', () => {
    expect(UNIT_KINDS).toEqual(kindInWords)
  })

  it('the titles of posts that are offered', () => {
    expect(POST_TITLES).toEqual([...OFFERED_TITLES])
  })

  it('sex, category and standing of a member', () => {
    expect(SEXES).toEqual(SEX_WORDS)
    expect(CATEGORIES).toEqual(CATEGORY_WORDS)
    expect(STANDINGS).toEqual(STANDING_WORDS)
    expect(RIGHTS).toEqual(RIGHTS_WORDS)
    expect(ART_23).toEqual(ART_23_WORDS)
    const kinds = Object.entries(FACT_RULES).map(([kind, { name }]) => [kind, name])
    expect(FACT_KINDS).toEqual(Object.fromEntries(kinds))
  })
})
