import { easiness } from '../../../server/platform/pin/pin.rules.js'

describe('a PIN that is easy to guess is refused in words', () => {
  it.each([
    ['000000', '六个数字都一样'],
    ['123456', '是连续的数字'],
    ['654321', '是连续的数字'],
    ['567890', '是连续的数字'],
    ['121212', '是重复的数字'],
    ['135135', '是重复的数字'],
    ['428193', null],
    ['112358', null],
  ])('%s: %s', (pin, reason) => expect(easiness(pin)).toBe(reason))
})
