import fc from 'fast-check'
import { sameName } from '../../../server/modules/organization/bindings/bindings.rules.js'

describe('Two names are the same', () => {
  it.each([
    ['李建国', ' 李 建 国 '],
    ['李建国', '李　建国'],
    ['阿依古丽·热合曼', '阿依古丽•热合曼'],
    ['阿依古丽·热合曼', '阿依古丽‧热合曼'],
    ['阿依古丽·热合曼', '阿依古丽・热合曼'],
    ['阿依古丽·热合曼', '阿依古丽.热合曼'],
    ['阿依古丽·热合曼', '阿依古丽．热合曼'],
    ['𠮷𬱖', '𠮷 𬱖'],
  ])('%s and %s', (one, other) => {
    expect(sameName(one, other)).toBe(true)
  })
})

describe('Two names differ', () => {
  it.each([
    ['李建国', '李建囯'],
    ['李建国', '李建'],
    ['阿依古丽·热合曼', '阿依古丽热合曼'],
    ['𠮷𬱖', '吉𬱖'],
    ['𠮷𬱖', '𠮷𬱟'],
  ])('%s and %s', (one, other) => {
    expect(sameName(one, other)).toBe(false)
  })
})

it('a name is always its own, whatever spaces are put into it, and the order does not matter', () => {
  const character = fc.constantFrom(...'李建国阿依古丽热合曼𠮷𬱖·')
  const name = fc.array(character, { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(sameName(one.join(''), one.join(' '))).toBe(true)
      expect(sameName(one.join(''), other.join(''))).toBe(sameName(other.join(''), one.join('')))
      expect(sameName(one.join(''), other.join(''))).toBe(one.join('') === other.join(''))
    }),
  )
})
