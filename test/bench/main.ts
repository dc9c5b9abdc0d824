import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench, Figures, Target, World } from './bench.js'
import { BENCHES } from './benches.js'
import { dataSet, type DataSet } from './data-set.js'
import { FULL, HOUR_OF_SOAK, MARIADB_SETTINGS, POOL_SIZE, QUICK } from './settings.js'
import { WechatAnswers } from './wechat-answers.js'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      hour: { type: 'boolean', default: false },
    },
  })
  const names = BENCHES.map(({ name }) => name)
  const unknown = (values.only ?? []).filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`--only ${unknown.join(', ')}: there are ${names.join(', ')}`)
  const chosen = BENCHES.filter(({ name }) => !values.only || values.only.includes(name))
  const settings = {
    ...(values.quick ? QUICK : FULL),
    ...(values.hour ? { soak: HOUR_OF_SOAK } : {}),
    ...(values.rounds ? { rounds: Number(values.rounds) } : {}),
  }
  // With --json standard output carries the figures and nothing else.
  const out = values.json ? process.stderr : process.stdout
  const say = (line: string) => void out.write(`${line}\n`)

  const folder = mkdtempSync(join(tmpdir(), 'zhibu-bench-'))
  const wechat = await WechatAnswers.start(folder)
  let data: DataSet | undefined
  const world: World = {
    settings,
    wechat,
    folder,
    say,
    dataSet: async () => (data ??= await dataSet(settings, wechat, say)),
  }
  const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model ?? '' }
  say(JSON.stringify({ settings, machine, poolSize: POOL_SIZE, mariadb: MARIADB_SETTINGS }, null, 2))
  const results: Record<string, { figures: Figures; targets: Array<Target & { kept: boolean }> }> = {}
  try {
    for (const bench of chosen) {
      say(`\n${bench.name}`)
      const figures = await bench.run(world)
      complete(bench, figures)
      const targets = bench.targets.map((target) => ({ ...target, kept: isKept(target, figures) }))
      results[bench.name] = { figures, targets }
      if ((!settings.quick || bench.meansSomethingWhenQuick) && targets.some(({ kept }) => !kept)) {
        process.exitCode = 1
      }
      for (const [key, value] of Object.entries(figures)) say(`  ${key.padEnd(32)}${value}`)
      for (const { figure, atLeast, atMost, kept } of targets) {
        const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
        say(`  ${kept ? '✓' : '✗'} ${figure} ${figures[figure]}, wanted ${bound}`)
      }
    }
  } finally {
    wechat.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  if (data) say(`\nrows (COUNT): ${JSON.stringify(data.rows, null, 2)}`)
  if (values.json) {
    const report = { settings, machine, mariadb: MARIADB_SETTINGS, rows: data?.rows ?? {}, results }
    process.stdout.write(`${JSON.stringify(report)}\n`)
  }
}

/** @throws when a bench forgot a figure it promises, or made up one */
function complete(bench: Bench, figures: Figures): void {
  const missing = bench.keys.filter((key) => !Number.isFinite(figures[key]))
  const strange = Object.keys(figures).filter((key) => !bench.keys.includes(key))
  if (missing.length + strange.length > 0) {
    throw new Error(
      `${bench.name}: missing ${missing.join(', ') || '–'}, not announced ${strange.join(', ') || '–'}`,
    )
  }
}

const isKept = ({ figure, atLeast, atMost }: Target, figures: Figures): boolean => {
  const value = figures[figure] ?? Number.NaN
  return value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
// Each server and each database adds one.
process.setMaxListeners(100)

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
})
