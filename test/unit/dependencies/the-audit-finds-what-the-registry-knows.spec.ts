import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ACCEPTED, type Accepted } from '../../support/dependencies/accepted.js'
import { auditDependencies } from '../../support/dependencies/audit.js'
import { newerRelease } from '../../support/dependencies/newer-version.js'
import { integrityOf, startRegistry, type FakeRegistry } from './fake-registry.js'

const TODAY = '2026-11-21'
const NOTHING: Accepted = { advisories: [], deprecations: [] }

/** A product that asks for `abacus`, which uses `beads`; `chalkboard` is a tool. */
const LOCK: Record<string, object> = {
  '': { name: 'product', dependencies: { abacus: '^1.0.0' }, devDependencies: { chalkboard: '^1.0.0' } },
  'node_modules/abacus': { version: '1.2.0', dependencies: { beads: '^2.0.0' } },
  'node_modules/beads': { version: '2.0.0' },
  'node_modules/chalkboard': { version: '1.0.0', dev: true },
}

describe('The audit finds what the registry knows', () => {
  let root: string
  let registry: FakeRegistry

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'zhibu-audit-'))
    const packages = Object.fromEntries(
      Object.entries(LOCK).map(([path, entry]) => {
        const name = path.replace('node_modules/', '')
        const { version = '' } = entry as { version?: string }
        return [path, path === '' ? entry : { ...entry, integrity: integrityOf(name, version) }]
      }),
    )
    const lock = { name: 'product', lockfileVersion: 3, requires: true, packages }
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock))
    writeFileSync(join(root, 'package.json'), JSON.stringify(LOCK['']))
  })
  afterEach(async () => {
    await registry.close()
    rmSync(root, { recursive: true, force: true })
  })

  const open = async (offers: { audit: boolean; keys: boolean }) => {
    registry = await startRegistry(offers)
  }
  const audit = (accepted = NOTHING) => auditDependencies(root, registry.url, accepted, TODAY)

  it('when all is well it says what it looked at, and what is newer', async () => {
    await open({ audit: true, keys: true })
    for (const version of ['1.2.0', '1.4.1', '1.5.0-rc.1', '2.0.0']) registry.publish('abacus', version)
    registry.publish('abacus', '1.3.9', { deprecated: 'broken' })
    registry.publish('beads', '1.9.0', { deprecated: 'old' })
    for (const version of ['2.0.0', '2.7.0']) registry.publish('beads', version)
    expect(await audit()).toEqual({
      findings: [],
      warnings: [],
      information: [
        'npm audit answered: 0 known holes.',
        '2 of 2 packages in production were looked up.',
        '2 of 2 packages carry a valid signature.',
        'abacus 1.2.0 → 1.4.1 can be had.',
      ],
    })
  })

  it('holes, given-up packages, other contents and forged signatures are findings', async () => {
    await open({ audit: true, keys: true })
    registry.publish('abacus', '1.2.0', { forged: true })
    registry.publish('beads', '2.0.0', { deprecated: 'use pebbles' })
    const url = 'https://example.org/advisories/GHSA-aaaa-bbbb-cccc'
    registry.advise('beads', {
      id: 7,
      url,
      title: 'Beads roll away',
      severity: 'high',
      vulnerable_versions: '<2.1.0',
    })
    const lesser = { id: 8, url: '', title: 'Beads are loud', severity: 'low', vulnerable_versions: '<2.1.0' }
    registry.advise('beads', { ...lesser, url: 'https://example.org/advisories/GHSA-dddd' })
    const { findings, warnings } = await audit()
    expect(findings).toEqual([
      'beads: Beads roll away (high, GHSA-aaaa-bbbb-cccc)',
      'beads@2.0.0 was given up by its authors: use pebbles (abacus → beads)',
      "abacus@1.2.0: the registry's signature does not fit.",
    ])
    expect(warnings).toEqual(['beads: Beads are loud (low, GHSA-dddd)'])

    const until = '2026-12-31'
    const deprecations = [{ package: 'beads@2.0.0', reason: 'never thrown', until }]
    const advisories = [{ package: 'beads', id: 'GHSA-aaaa-bbbb-cccc', reason: 'ours lie in a box', until }]
    const lived = await audit({ advisories, deprecations })
    expect(lived.findings).toEqual(["abacus@1.2.0: the registry's signature does not fit."])
    expect(lived.warnings).toEqual(
      expect.arrayContaining([
        'accepted until 2026-12-31: beads: Beads roll away (high, GHSA-aaaa-bbbb-cccc). ours lie in a box',
        'accepted until 2026-12-31: beads@2.0.0 was given up by its authors: use pebbles (abacus → beads). never thrown',
      ]),
    )
  })

  it('what was accepted for a time is a finding when the time is over', async () => {
    await open({ audit: false, keys: false })
    registry.publish('abacus', '1.2.0')
    registry.publish('beads', '2.0.0', { deprecated: 'use pebbles' })
    const over = [{ package: 'beads@2.0.0', reason: 'never thrown', until: '2026-11-20' }]
    expect((await audit({ advisories: [], deprecations: over })).findings).toEqual([
      'beads@2.0.0 was accepted until 2026-11-20: look again.',
      'beads@2.0.0 was given up by its authors: use pebbles (abacus → beads)',
    ])
  })

  it('a lock file that names another content, or what was taken back, is a finding', async () => {
    await open({ audit: false, keys: false })
    registry.publish('abacus', '1.2.0')
    registry.publish('beads', '2.7.0')
    writeFileSync(
      join(root, 'package-lock.json'),
      JSON.stringify({
        packages: { ...LOCK, 'node_modules/abacus': { version: '1.2.0', integrity: 'sha512-other' } },
      }),
    )
    expect((await audit()).findings).toEqual([
      'abacus@1.2.0: the lock file names another content than the registry.',
      'beads@2.0.0 is locked, but the registry has no such version any more.',
    ])
  })

  it('a registry that answers 405 is never taken for one that found nothing', async () => {
    await open({ audit: false, keys: false })
    registry.publish('abacus', '1.2.0')
    const { findings, warnings } = await audit()
    expect(findings).toEqual([])
    expect(warnings).toEqual([
      expect.stringMatching(/^Known holes were NOT checked: the registry does not offer it \(405/),
      'The registry did not answer for: beads.',
      'Given-up packages were NOT checked: this registry does not pass deprecations on.',
      'Signatures were NOT checked: the registry offers no keys.',
    ])
  })

  it('a registry out of reach fails nothing, and says so', async () => {
    await open({ audit: true, keys: true })
    await registry.close()
    const { findings, warnings, information } = await audit()
    expect([findings, information]).toEqual([[], []])
    expect(warnings).toEqual([
      expect.stringMatching(/^Known holes were NOT checked/),
      expect.stringMatching(/^The registry is out of reach/),
    ])
  })
})

describe('What is newer', () => {
  it.each([
    ['1.2.3', ['1.2.3', '1.2.4', '1.10.0', '1.9.9', '2.0.0'], '1.10.0'],
    ['1.2.3', ['1.2.3', '1.3.0-beta.1', '2.0.0'], undefined],
    ['0.5.1', ['0.5.9', '0.6.0', '1.0.0'], '0.5.9'],
    ['2.0.0', ['1.9.9', '2.0.0'], undefined],
    ['1.0.0-rc.1', ['1.0.0'], undefined],
  ])('than %s among %j is %s', (current, published, newer) => {
    expect(newerRelease(current, published)).toBe(newer)
  })
})

it('whatever is accepted has a reason and a day', () => {
  for (const { reason, until } of [...ACCEPTED.advisories, ...ACCEPTED.deprecations]) {
    expect(reason.length).toBeGreaterThan(10)
    expect(until).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  }
})
