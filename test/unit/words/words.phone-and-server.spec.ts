import { BILL_STATES, DUES_CLASSES } from '../../../miniprogram/src/labels/bill.js'
import { UNIT_KINDS } from '../../../miniprogram/src/labels/work.js'
import { CLASS_RULES } from '../../../server/modules/organization/dues/dues.rules.js'
import { STATE_IN_WORDS } from '../../../server/modules/organization/dues/ledger-words.js'
import { kindInWords } from '../../../server/modules/organization/units/units.rules.js'

/** The phone takes types from the server and nothing else, so its words are written there once more. */
describe('a thing has the same name on the phone, on paper and in a message', () => {
  it('the states of a bill', () => {
    const words = Object.fromEntries(Object.entries(BILL_STATES).map(([state, { word }]) => [state, word]))
    expect(words).toEqual(STATE_IN_WORDS)
  })

  it('the classes by which dues are paid', () => {
    const words = Object.fromEntries(
      Object.entries(CLASS_RULES).map(([name, { inWords }]) => [name, inWords]),
    )
    expect(DUES_CLASSES).toEqual(words)
  })

  it('the kinds of units', () => {
    expect(UNIT_KINDS).toEqual(kindInWords)
  })
})
