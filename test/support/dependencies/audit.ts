import { createPublicKey, verify } from 'node:crypto'
import type { Accepted } from './accepted.js'
import { advisoriesOf } from './advisories.js'
import { readLockFile, wayTo, type LockedPackage, type LockFile } from './lock-file.js'
import { newerRelease } from './newer-version.js'
import { Registry, RegistrySilent, type PublishedVersion, type SigningKey } from './registry.js'

export interface AuditReport {
  /** What somebody has to act upon: the command fails. */
  findings: string[]
  /** What could not be checked, or is accepted. Never the same as “nothing found”. */
  warnings: string[]
  information: string[]
}

const GRAVE = ['high', 'critical']
const AT_ONCE = 8
/** Deprecated since 2020: a registry that does not report this reports no deprecations at all. */
const KNOWN_AS_DEPRECATED = 'request'

/** Looks at everything that runs in production with whatever the registry offers. @param today `YYYY-MM-DD` */
export async function auditDependencies(
  root: string,
  registryUrl: string,
  accepted: Accepted,
  today: string,
): Promise<AuditReport> {
  const report: AuditReport = { findings: [], warnings: [], information: [] }
  const registry = new Registry(registryUrl)
  const lock = readLockFile(root)
  const current = acceptedOn(today, accepted, report)
  await reportAdvisories(root, registryUrl, current, report)
  try {
    const keys = await registry.keys()
    const published = await publishedOf(registry, lock, report)
    await reportDeprecations(registry, lock, published, current, report)
    reportContents(published, keys, report)
    reportNewer(lock, published, report)
  } catch (error) {
    if (!(error instanceof RegistrySilent)) throw error
    report.warnings.push(`The registry is out of reach (${error.message}): no package was looked at.`)
  }
  return report
}

/** The accepted entries that have not expired. An expired entry is a finding: somebody has to check it again. */
function acceptedOn(today: string, accepted: Accepted, report: AuditReport): Accepted {
  const holds = (each: { package: string; until: string }): boolean => {
    if (each.until >= today) return true
    report.findings.push(`${each.package} was accepted until ${each.until}: look again.`)
    return false
  }
  return { advisories: accepted.advisories.filter(holds), deprecations: accepted.deprecations.filter(holds) }
}

async function reportAdvisories(
  root: string,
  url: string,
  accepted: Accepted,
  report: AuditReport,
): Promise<void> {
  const answer = await advisoriesOf(root, url)
  if ('refused' in answer) {
    report.warnings.push(`Known holes were NOT checked: the registry does not offer it (${answer.refused}).`)
    return
  }
  report.information.push(`npm audit answered: ${answer.advisories.length} known holes.`)
  for (const each of answer.advisories) {
    const words = `${each.package}: ${each.title} (${each.severity}, ${each.id})`
    const lived = accepted.advisories.find(({ package: name, id }) => name === each.package && id === each.id)
    if (lived) report.warnings.push(`accepted until ${lived.until}: ${words}. ${lived.reason}`)
    else if (GRAVE.includes(each.severity)) report.findings.push(words)
    else report.warnings.push(words)
  }
}

type Published = Array<{ locked: LockedPackage; versions: Record<string, PublishedVersion> }>

async function publishedOf(registry: Registry, lock: LockFile, report: AuditReport): Promise<Published> {
  const waiting = lock.packages.filter(({ isProduction }) => isProduction)
  const total = waiting.length
  const published: Published = []
  const silent: string[] = []
  const known = new Map<string, Promise<Record<string, PublishedVersion>>>()
  const work = async (): Promise<void> => {
    for (let locked = waiting.shift(); locked; locked = waiting.shift()) {
      const { name } = locked
      try {
        const asked = known.get(name) ?? registry.versionsOf(name)
        known.set(name, asked)
        published.push({ locked, versions: await asked })
      } catch (error) {
        if (!(error instanceof RegistrySilent)) throw error
        silent.push(name)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  report.information.push(`${published.length} of ${total} packages in production were looked up.`)
  if (silent.length > 0) report.warnings.push(`The registry did not answer for: ${silent.sort().join(', ')}.`)
  return published.sort((a, b) => (a.locked.path < b.locked.path ? -1 : 1))
}

async function reportDeprecations(
  registry: Registry,
  lock: LockFile,
  published: Published,
  accepted: Accepted,
  report: AuditReport,
): Promise<void> {
  let told = false
  for (const { locked, versions } of published) {
    told ||= Object.values(versions).some(({ deprecated }) => deprecated)
    const why = versions[locked.version]?.deprecated
    if (!why) continue
    const id = `${locked.name}@${locked.version}`
    const words = `${id} was given up by its authors: ${why} (${wayTo(lock, locked.path)})`
    const lived = accepted.deprecations.find((each) => each.package === id)
    if (lived) report.warnings.push(`accepted until ${lived.until}: ${words}. ${lived.reason}`)
    else report.findings.push(words)
  }
  if (!told && !(await tellsDeprecations(registry))) {
    report.warnings.push('Given-up packages were NOT checked: this registry does not pass deprecations on.')
  }
}

async function tellsDeprecations(registry: Registry): Promise<boolean> {
  try {
    return Object.values(await registry.versionsOf(KNOWN_AS_DEPRECATED)).some(({ deprecated }) => deprecated)
  } catch (error) {
    if (error instanceof RegistrySilent) return false
    throw error
  }
}

/** Whether what is locked is what was published, and signed by the registry. */
function reportContents(published: Published, keys: SigningKey[] | undefined, report: AuditReport): void {
  let signed = 0
  for (const { locked, versions } of published) {
    const id = `${locked.name}@${locked.version}`
    const dist = versions[locked.version]?.dist
    if (!dist) {
      report.findings.push(`${id} is locked, but the registry has no such version any more.`)
      continue
    }
    if (dist.integrity && locked.integrity && dist.integrity !== locked.integrity) {
      report.findings.push(`${id}: the lock file names another content than the registry.`)
    }
    for (const { keyid, sig } of dist.signatures ?? []) {
      const key = keys?.find((each) => each.keyid === keyid)
      if (!key) continue
      if (isSigned(`${id}:${dist.integrity ?? ''}`, key, sig)) signed += 1
      else report.findings.push(`${id}: the registry's signature does not fit.`)
    }
  }
  if (!keys) report.warnings.push('Signatures were NOT checked: the registry offers no keys.')
  else report.information.push(`${signed} of ${published.length} packages carry a valid signature.`)
}

function isSigned(text: string, { key }: SigningKey, signature: string): boolean {
  const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
  return verify('sha256', Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))
}

function reportNewer({ direct }: LockFile, published: Published, report: AuditReport): void {
  for (const { locked, versions } of published) {
    if (locked.path !== `node_modules/${locked.name}` || !direct.includes(locked.name)) continue
    const offered = Object.values(versions).filter(({ deprecated }) => !deprecated)
    const newer = newerRelease(
      locked.version,
      offered.map(({ version }) => version),
    )
    if (newer) report.information.push(`${locked.name} ${locked.version} → ${newer} can be had.`)
  }
}
