/** `npm run check`: everything that can be known without running the product, two checks at a time. */
const { spawn } = require('node:child_process')
const { join } = require('node:path')

const TOOLS = join(__dirname, '../../node_modules/.bin')

/** The longest checks first: a long check that starts last runs alone at the end. */
const CHECKS = {
  lint: ['eslint', '--max-warnings', '0', '.'],
  'types: server and tests': ['tsc', '-p', 'tsconfig.json'],
  format: ['prettier', '--check', '--log-level', 'warn', '.'],
  'types: phone': ['tsc', '-p', 'miniprogram/tsconfig.json', '--noEmit'],
  'types: preview': ['tsc', '-p', 'miniprogram/preview/tsconfig.json', '--noEmit'],
  'module graph': ['depcruise', '--config', 'dependency-cruiser.config.cjs', 'server', 'miniprogram/src'],
}
const AT_ONCE = 2

const started = Date.now()
const waiting = Object.entries(CHECKS)
let failed = 0

async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, [tool, ...args]] = next
    const begun = Date.now()
    const { code, output } = await run(tool, args)
    if (code !== 0) failed += 1
    process.stdout.write(
      `${code === 0 ? '✓' : '✗'} ${name}, ${secondsSince(begun)} s\n${code === 0 ? '' : output}`,
    )
  }
}

const secondsSince = (instant) => Math.round((Date.now() - instant) / 1000)

function run(tool, args) {
  return new Promise((resolve) => {
    const child = spawn(join(TOOLS, tool), args, { env: { ...process.env, FORCE_COLOR: '0' } })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => resolve({ code, output }))
  })
}

Promise.all(Array.from({ length: AT_ONCE }, work)).then(() => {
  process.stdout.write(`${secondsSince(started)} s\n`)
  process.exitCode = failed === 0 ? 0 : 1
})
