import { readFileSync } from 'node:fs'
import type { Target } from '../bench/bench.js'
import { BENCHES } from '../bench/benches.js'

describe('The figures of the bench', () => {
  const interfaces = readFileSync('docs/interfaces.md', 'utf8')
  const figures = readFileSync('docs/figures.md', 'utf8')
  const section = (name: string) =>
    interfaces.split('\n### ').find((part) => part.startsWith(`\`${name}\``)) ?? ''

  it.each(BENCHES.map((bench) => [bench.name, bench] as const))(
    'of %s are all described for programs that read them',
    (name, { keys, targets }) => {
      const described = section(name)
      expect(keys.filter((key) => !described.includes(`\`${key}\``))).toEqual([])
      expect(keys).toEqual(expect.arrayContaining(targets.map(({ figure }) => figure)))
    },
  )

  it.each(BENCHES.flatMap(({ name, comparison }) => (comparison ? [[name, comparison] as const] : [])))(
    'of %s compared with an earlier commit are all described',
    (name, comparison) => {
      const row = section('--against')
        .split('\n')
        .find((line) => line.startsWith(`| \`${name}\``))
      expect(comparison.figures.filter((figure) => !row?.includes(`\`${figure}\``))).toEqual([])
    },
  )

  it.each(BENCHES.map((bench) => [bench.name, bench] as const))(
    'of %s are wanted as figures.md says, and nothing else is',
    (name, { targets }) => {
      const [, table = ''] = figures.split('| wanted')
      const [rows = ''] = table.split('\n\n')
      const start = rows.indexOf(`| \`${name}\``)
      const [, next = rows.length] = [...rows.slice(start).matchAll(/^\| `/gm)].map(
        ({ index }) => index + start,
      )
      const wanted = [...rows.slice(start, next).matchAll(/`([\w.]+)` ([≤≥] [\d.]+)/g)]
      expect(wanted.map(([, figure, bound]) => `${figure} ${bound}`)).toEqual(targets.map(inWords))
    },
  )
})

const inWords = ({ figure, atLeast, atMost }: Target): string =>
  atLeast === undefined ? `${figure} ≤ ${atMost}` : `${figure} ≥ ${atLeast}`
