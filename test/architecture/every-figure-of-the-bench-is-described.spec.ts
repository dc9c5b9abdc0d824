import { readFileSync } from 'node:fs'
import { BENCHES } from '../bench/benches.js'

describe('The figures of the bench', () => {
  const described = readFileSync('docs/interfaces.md', 'utf8')

  it.each(BENCHES.map((bench) => [bench.name, bench] as const))(
    'of %s are all described for programs that read them',
    (name, { keys, targets }) => {
      const section = described.split('\n### ').find((part) => part.startsWith(`\`${name}\``)) ?? ''
      expect(keys.filter((key) => !section.includes(`\`${key}\``))).toEqual([])
      expect(keys).toEqual(expect.arrayContaining(targets.map(({ figure }) => figure)))
    },
  )
})
