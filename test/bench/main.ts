import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import type { Bench, World } from './bench.js'
import { BENCHES } from './benches.js'
import { buildOf, thisBuild, type Build } from './builds.js'
import { CleanUp } from './clean-up.js'
import { comparedKeys, compare } from './comparison.js'
import { dataSet, type DataSet } from './data-set.js'
import { readOptions } from './options.js'
import { judge, linesOf, type Result } from './report.js'
import { MARIADB_SETTINGS, POOL_SIZE } from './settings.js'
import { WechatAnswers } from './wechat-answers.js'

async function main(): Promise<void> {
  const { chosen, settings, json, against, remarks } = readOptions(BENCHES, process.argv.slice(2))
  // With --json standard output carries the figures and nothing else.
  const out = json ? process.stderr : process.stdout
  const say = (line: string) => void out.write(`${line}\n`)
  const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model ?? '' }
  say(JSON.stringify({ settings, machine, poolSize: POOL_SIZE, mariadb: MARIADB_SETTINGS }, null, 2))
  for (const remark of remarks) say(remark)
  if (against !== undefined) say(`\ncompiling ${against}`)
  const before = against === undefined ? undefined : buildOf(against)

  const folder = mkdtempSync(join(tmpdir(), 'zhibu-bench-'))
  const wechat = await WechatAnswers.start(folder)
  const data = new Map<string, DataSet>()
  const cleanUp = new CleanUp()
  const world: World = {
    settings,
    wechat,
    build: thisBuild(),
    folder,
    cleanUp,
    say,
    async dataSet(build) {
      const made = data.get(build.name) ?? (await dataSet(build, settings, wechat, cleanUp, say))
      data.set(build.name, made)
      return made
    },
  }
  const results: Record<string, Result> = {}
  for (const bench of chosen) {
    say(`\n${bench.name}${before ? `: ${against}, and this checkout after it` : ''}`)
    const result = await runOne(bench, world, before)
    // Whatever is still under way after an error is not waited for.
    if (!result) process.exit(1)
    results[bench.name] = result
    for (const line of linesOf(result)) say(line)
    const isMeant = !settings.quick || bench.meansSomethingWhenQuick
    if (isMeant && result.targets.some(({ kept }) => !kept)) process.exitCode = 1
  }
  wechat.stop()
  rmSync(folder, { recursive: true, force: true })
  const rows = data.get('after')?.rows
  if (rows) say(`\nrows (COUNT): ${JSON.stringify(rows, null, 2)}`)
  if (json) {
    const report = { settings, machine, mariadb: MARIADB_SETTINGS, against, rows: rows ?? {}, results }
    process.stdout.write(`${JSON.stringify(report)}\n`)
  }
}

/**
 * Runs a bench and puts away what it left.
 * @returns undefined when it failed; its error is reported before anything else can go wrong
 */
async function runOne(bench: Bench, world: World, before: Build | undefined): Promise<Result | undefined> {
  let result: Result | undefined
  try {
    if (before) {
      const keys = comparedKeys(bench.comparison?.figures ?? [])
      result = judge(bench, await compare(bench, world, before), keys, [])
    } else {
      result = judge(bench, await bench.run(world), bench.keys, bench.targets)
    }
  } catch (error) {
    complain(`${bench.name} failed`, error)
    complain('the logs of its servers are kept in', world.folder)
  }
  for (const problem of await world.cleanUp.run()) {
    complain(`and when ${bench.name} was put away`, problem)
    process.exitCode = 1
  }
  return result
}

/** With causes: a request that failed keeps the reason there. */
function complain(what: string, problem: unknown): void {
  process.stderr.write(`${what}: ${typeof problem === 'string' ? problem : inspect(problem)}\n`)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
// Each server and each database adds one.
process.setMaxListeners(100)

main().catch((error: unknown) => {
  complain('the bench ended', error)
  process.exit(1)
})
