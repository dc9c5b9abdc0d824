import { parseArgs } from 'node:util'
import type { Bench } from './bench.js'
import { FULL, HOUR_OF_SOAK, QUICK, type Settings } from './settings.js'

export interface Options {
  chosen: readonly Bench[]
  settings: Settings
  json: boolean
  /** The checkout of an earlier product to compare with. */
  against: string | undefined
  /** What the person who asked should know. */
  remarks: readonly string[]
}

/**
 * Reads the command line.
 * @throws when it asks for something that no chosen bench does, or that cannot be read
 */
export function readOptions(all: readonly Bench[], words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      hour: { type: 'boolean', default: false },
      against: { type: 'string' },
    },
  })
  const { only, against } = values
  const names = namesOf(all)
  const unknown = (only ?? []).filter((name) => !all.some((bench) => bench.name === name))
  if (unknown.length > 0) throw new Error(`--only ${unknown.join(', ')}: there are ${names}`)
  const named = all.filter(({ name }) => !only || only.includes(name))
  const chosen = against === undefined ? named : named.filter(({ comparison }) => comparison)
  if (chosen.length < named.length && only) {
    const compared = namesOf(all.filter(({ comparison }) => comparison))
    throw new Error(
      `--against compares ${compared}, and not ${namesOf(named.filter((one) => !chosen.includes(one)))}`,
    )
  }
  if (values.hour && !chosen.some(({ name }) => name === 'soak')) {
    throw new Error('--hour makes the soak longer, and the soak is not asked for')
  }
  const rounds = values.rounds === undefined ? undefined : readRounds(values.rounds)
  const withoutRounds = rounds ? chosen.filter((bench) => !bench.rounds) : []
  if (withoutRounds.length === chosen.length) throw new Error(`--rounds: ${namesOf(chosen)} has no rounds`)
  return {
    chosen,
    settings: {
      ...(values.quick ? QUICK : FULL),
      ...(values.hour ? { soak: HOUR_OF_SOAK } : {}),
      ...(rounds ? { rounds, generationRounds: rounds, starts: rounds } : {}),
    },
    json: values.json,
    against,
    remarks: withoutRounds.map(({ name }) => `--rounds: ${name} has no rounds and runs as always`),
  }
}

function readRounds(word: string): number {
  if (!/^[1-9]\d{0,3}$/.test(word)) throw new Error(`--rounds ${word}: give a whole number from 1 to 9999`)
  return Number(word)
}

const namesOf = (benches: readonly Bench[]): string => benches.map(({ name }) => name).join(' ')
