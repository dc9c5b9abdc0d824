/** What a registry tells of one version. */
export interface PublishedVersion {
  version: string
  deprecated?: string
  dist?: { integrity?: string; signatures?: Array<{ keyid: string; sig: string }> }
}

export interface SigningKey {
  keyid: string
  /** DER of the public key, base64. */
  key: string
  expires: string | null
}

const TIMEOUT_MS = 20_000
/** The short form, without texts for people. */
const SHORT = 'application/vnd.npm.install-v1+json, application/json;q=0.8'

/** Thrown when the registry did not answer, or not with what was asked for. */
export class RegistrySilent extends Error {}

/** The part of the protocol of npm registries that every one of them offers: metadata, and keys where they sign. */
export class Registry {
  private readonly baseUrl: string

  constructor(url: string) {
    this.baseUrl = url.replace(/\/$/, '')
  }

  /** Every version of a package. @throws RegistrySilent */
  async versionsOf(name: string): Promise<Record<string, PublishedVersion>> {
    const answer = await this.get(`/${name.replace('/', '%2f')}`)
    const { versions } = answer as { versions?: Record<string, PublishedVersion> }
    if (!versions) throw new RegistrySilent(`no versions of ${name}`)
    return versions
  }

  /** The keys it signs with; undefined when it does not. @throws RegistrySilent when it is out of reach */
  async keys(): Promise<SigningKey[] | undefined> {
    try {
      return ((await this.get('/-/npm/v1/keys')) as { keys?: SigningKey[] }).keys
    } catch (error) {
      if (error instanceof RegistrySilent && error.message.startsWith('HTTP 4')) return undefined
      throw error
    }
  }

  private async get(path: string): Promise<unknown> {
    try {
      const headers = { accept: SHORT }
      const answer = await fetch(this.baseUrl + path, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) })
      if (!answer.ok) throw new RegistrySilent(`HTTP ${answer.status} for ${path}`)
      return await answer.json()
    } catch (error) {
      if (error instanceof RegistrySilent) throw error
      throw new RegistrySilent(`no answer for ${path}`, { cause: error })
    }
  }
}
