import { BENCHES } from '../../bench/benches.js'
import { readOptions } from '../../bench/options.js'

describe('The command line of the bench', () => {
  const read = (line: string) => readOptions(BENCHES, line.split(' ').filter(Boolean))

  it('gives the number of rounds to every bench that has rounds, and says which has none', () => {
    const { settings, chosen, remarks } = read('--rounds 3')
    const rounds = chosen.flatMap((bench) => (bench.rounds ? [settings[bench.rounds]] : []))
    expect(rounds).toEqual([3, 3, 3, 3, 3])
    expect(remarks).toEqual(['--rounds: soak has no rounds and runs as always'])
  })

  it.each([
    ['--only soak --rounds 2', '--rounds: soak has no rounds'],
    ['--rounds 0', '--rounds 0: give a whole number from 1 to 9999'],
    ['--rounds many', '--rounds many: give a whole number from 1 to 9999'],
    ['--only start --hour', '--hour makes the soak longer, and the soak is not asked for'],
    ['--only everything', '--only everything: there are my-bills scale generation settling start soak'],
    [
      '--against ../earlier --only scale --only start',
      '--against compares my-bills generation settling start, and not scale',
    ],
  ])('refuses %s in words', (line, words) => {
    expect(() => read(line)).toThrow(words)
  })

  it('compares what can be compared', () => {
    const { chosen, against } = read('--against ../earlier')
    expect(chosen.map(({ name }) => name)).toEqual(['my-bills', 'generation', 'settling', 'start'])
    expect(against).toBe('../earlier')
  })
})
