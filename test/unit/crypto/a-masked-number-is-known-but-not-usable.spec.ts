import fc from 'fast-check'
import { maskAddress, maskIdNumber, maskPhone } from '../../../server/platform/crypto/masking.js'

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))

describe('a masked number is known to its owner, but not usable', () => {
  it.each([
    [maskIdNumber('99010219480402002X'), '9****************X'],
    [maskPhone('19990010003'), '199****0003'],
    [maskAddress('云溪县东岭村秘密巷 7 号'), '云溪县东岭村****'],
    [maskAddress('𠮷田村𬷕家庄 3 号'), '𠮷田村𬷕家庄****'],
    [maskAddress('村口'), '村口****'],
  ])('%s', (masked, expected) => {
    expect(masked).toBe(expected)
  })

  it('of an ID number neither the birthday nor the sequence can be read', () => {
    fc.assert(
      fc.property(digits(6), digits(8), digits(4), (division, birth, rest) => {
        // Division and birthday are known of most people: with the order number they would be the whole number.
        expect(maskIdNumber(`${division}${birth}${rest}`)).toBe(
          `${division.slice(0, 1)}${'*'.repeat(16)}${rest.slice(-1)}`,
        )
      }),
    )
  })

  it('two numbers that differ only in what is hidden look the same', () => {
    fc.assert(
      fc.property(digits(4), digits(4), (one, other) => {
        expect(maskPhone(`199${one}0003`)).toBe(maskPhone(`199${other}0003`))
      }),
    )
  })

  it('half a character is never shown of an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (address) => {
        fc.pre(!/\p{Cs}/u.test(address))
        expect(maskAddress(address)).not.toMatch(/\p{Cs}/u)
      }),
    )
  })
})
