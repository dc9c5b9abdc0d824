import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PublishedVersion } from '../../support/dependencies/registry.js'

/** A hole as registries tell it. */
export interface ToldAdvisory {
  id: number
  url: string
  title: string
  severity: string
  vulnerable_versions: string
}

export interface FakeRegistry {
  url: string
  /** Publishes a version, signed when the registry signs. */
  publish(name: string, version: string, more?: { deprecated?: string; forged?: boolean }): void
  advise(name: string, advisory: ToldAdvisory): void
  close(): Promise<void>
}

export const integrityOf = (name: string, version: string): string =>
  `sha512-${Buffer.from(`${name}@${version}`).toString('base64')}`

/** The part of the npm protocol that the audit uses. @param offers what only some registries have */
export async function startRegistry(offers: { audit: boolean; keys: boolean }): Promise<FakeRegistry> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const packages = new Map<string, Record<string, PublishedVersion & { name: string }>>()
  const advisories: Record<string, ToldAdvisory[]> = {}
  const answerTo = (method: string, path: string): object | undefined => {
    if (method === 'POST') return offers.audit && path.endsWith('/advisories/bulk') ? advisories : undefined
    if (path === '/-/npm/v1/keys') return offers.keys ? { keys: [keyOf(publicKey)] } : undefined
    const name = decodeURIComponent(path.slice(1))
    const versions = packages.get(name)
    return versions && { name, versions, 'dist-tags': { latest: Object.keys(versions).at(-1) } }
  }
  const server = createServer((request, response) => {
    const answer = answerTo(request.method ?? '', request.url ?? '')
    request.resume()
    response.statusCode = answer ? 200 : request.method === 'POST' ? 405 : 404
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    publish(name, version, { deprecated, forged } = {}) {
      const integrity = integrityOf(name, version)
      const text = `${name}@${version}:${forged ? 'something else' : integrity}`
      const sig = createSign('sha256').update(text).sign(privateKey, 'base64')
      const signatures = offers.keys ? [{ keyid: 'SHA256:ours', sig }] : undefined
      const each = { name, version, deprecated, dist: { integrity, signatures } }
      packages.set(name, { ...packages.get(name), [version]: each })
    },
    advise(name, advisory) {
      advisories[name] = [...(advisories[name] ?? []), advisory]
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

const keyOf = (key: KeyObject) => ({
  keyid: 'SHA256:ours',
  key: key.export({ type: 'spki', format: 'der' }).toString('base64'),
  expires: null,
})
