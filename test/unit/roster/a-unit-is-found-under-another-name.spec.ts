import fc from 'fast-check'
import { proposeUnits } from '../../../server/modules/organization/roster/unit-name.rules.js'

const NAMES = [
  '云溪茶业有限公司党支部',
  '东岭镇机关党支部',
  '云溪县第一中学党支部',
  '城关街道幸福社区党支部',
  '云溪县人民医院党支部',
  '河西村党支部',
  '东岭村党支部',
  '石桥村党支部',
  '机关第一党支部',
  '机关第二党支部',
  '中共云溪县委员会',
  '河西村党总支',
]
const KNOWN = NAMES.map((name, index) => ({ id: `unit-${index}`, name }))
const nameOf = (unitId: string) => KNOWN.find((unit) => unit.id === unitId)?.name

describe('A unit name', () => {
  it.each([
    ['东岭村党支部', '东岭村党支部'],
    ['东岭村支部', '东岭村党支部'],
    [' 东岭村　党支部 ', '东岭村党支部'],
    ['中共东岭村支部委员会', '东岭村党支部'],
    ['中国共产党东岭村支部委员会', '东岭村党支部'],
    ['“东岭村”党支部', '东岭村党支部'],
    ['云溪县委', '中共云溪县委员会'],
    ['机关第１支部', '机关第一党支部'],
    ['河西村总支部委员会', '河西村党总支'],
  ])('%j is exactly %s', (written, expected) => {
    const [first, ...others] = proposeUnits(written, KNOWN)
    expect(first).toMatchObject({ score: 1, exact: true })
    expect(nameOf(first?.unitId ?? '')).toBe(expected)
    expect(others.filter((proposal) => proposal.exact)).toEqual([])
  })

  it.each([
    ['县人民医院支部', '云溪县人民医院党支部'],
    ['幸福社区党支部', '城关街道幸福社区党支部'],
    ['东岭镇东岭村党支部', '东岭村党支部'],
    ['云溪县第一中学党总支', '云溪县第一中学党支部'],
    ['云溪茶叶有限公司党支部', '云溪茶业有限公司党支部'],
    ['石桥村', '石桥村党支部'],
  ])('%j is near to %s, which is proposed first but not as exact', (written, expected) => {
    const [first] = proposeUnits(written, KNOWN)
    expect(first?.exact).toBe(false)
    expect(first?.score).toBeLessThan(1)
    expect(nameOf(first?.unitId ?? '')).toBe(expected)
  })

  it.each(['望江村党支部', '柳湾村党支部', '党支部', '', '　'])('%j is near to none', (written) => {
    expect(proposeUnits(written, KNOWN)).toEqual([])
  })

  it('that two known units share gives both, for a person to choose', () => {
    const twins = [
      { id: 'a', name: '东岭村党支部' },
      { id: 'b', name: '东岭村支部' },
    ]
    expect(proposeUnits('东岭村党支部', twins).filter((proposal) => proposal.exact)).toHaveLength(2)
  })

  it('never gets more than three proposals, best first, all between the threshold and one', () => {
    const name = fc.string({ unit: fc.constantFrom(...'东西岭河村镇机关第一二支部党委'), maxLength: 12 })
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 20 }), (written, names) => {
        const scores = proposeUnits(
          written,
          names.map((known, index) => ({ id: String(index), name: known })),
        ).map((proposal) => proposal.score)
        expect(scores.length).toBeLessThanOrEqual(3)
        expect(scores).toEqual([...scores].sort((one, other) => other - one))
        expect(scores.every((score) => score >= 0.5 && score <= 1)).toBe(true)
      }),
    )
  })
})
