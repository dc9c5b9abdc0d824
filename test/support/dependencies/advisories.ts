import { spawn } from 'node:child_process'

export interface Advisory {
  package: string
  /** The number or the GHSA code at the end of its address. */
  id: string
  severity: string
  title: string
}

interface AuditAnswer {
  vulnerabilities?: Record<string, { via: Array<string | AuditVia> }>
  message?: string
}

interface AuditVia {
  source: number
  name: string
  title: string
  url?: string
  severity: string
}

/**
 * What `npm audit` knows of the packages that run in production.
 * @returns undefined when the registry does not offer it, with why
 */
export async function advisoriesOf(
  root: string,
  registry: string,
): Promise<{ advisories: Advisory[] } | { refused: string }> {
  const output = await npmAudit(root, registry)
  let answer: AuditAnswer
  try {
    answer = JSON.parse(output) as AuditAnswer
  } catch {
    return { refused: 'npm audit gave no report' }
  }
  if (!answer.vulnerabilities) return { refused: answer.message ?? 'npm audit gave no report' }
  const found = new Map<string, Advisory>()
  for (const { via } of Object.values(answer.vulnerabilities)) {
    for (const each of via) {
      // A plain name means: through that package, which has an entry of its own.
      if (typeof each === 'string') continue
      const id = each.url?.split('/').at(-1) ?? String(each.source)
      found.set(`${each.name} ${id}`, { package: each.name, id, severity: each.severity, title: each.title })
    }
  }
  return { advisories: [...found.values()] }
}

/** Standard output: a report or an error, both in JSON. The exit code tells nothing more. */
function npmAudit(root: string, registry: string): Promise<string> {
  return new Promise((resolve) => {
    const args = [
      'audit',
      '--omit=dev',
      '--json',
      '--fetch-retries=0',
      '--update-notifier=false',
      `--registry=${registry}`,
    ]
    const child = spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', () => resolve(''))
    child.on('close', () => resolve(output))
  })
}
