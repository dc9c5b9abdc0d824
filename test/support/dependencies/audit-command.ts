import { ACCEPTED } from './accepted.js'
import { auditDependencies } from './audit.js'

/** `npm run audit`: fails on a finding, and prints what the registry did not let it check. */
const PUBLIC_REGISTRY = 'https://registry.npmjs.org/'

async function main(): Promise<void> {
  const registry = process.env['npm_config_registry'] ?? PUBLIC_REGISTRY
  const today = new Date().toISOString().slice(0, 10)
  const { findings, warnings, information } = await auditDependencies(
    process.cwd(),
    registry,
    ACCEPTED,
    today,
  )
  for (const line of information) process.stdout.write(`  ${line}\n`)
  for (const line of warnings) process.stdout.write(`! ${line}\n`)
  for (const line of findings) process.stdout.write(`✗ ${line}\n`)
  if (findings.length > 0) process.exitCode = 1
  const unchecked = warnings.some((line) => line.includes('NOT'))
  process.stdout.write(
    findings.length > 0
      ? `${findings.length} findings to act upon\n`
      : `nothing found in what could be checked${unchecked ? ', and not everything could' : ''}\n`,
  )
}

void main()
