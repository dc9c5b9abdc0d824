import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { isMetBy } from '../support/dependencies/licence-expression.js'
import { ALLOWED, EXCEPTIONS, objectionTo } from '../support/dependencies/licences.js'
import { readLockFile, type LockedPackage } from '../support/dependencies/lock-file.js'

const ROOT = join(__dirname, '../..')
const { packages } = readLockFile(ROOT)

describe('Every dependency may be used freely', () => {
  it.each([
    ['where the product runs', true, 300],
    ['as a tool of development', false, 400],
  ])('%s', (_, isProduction, atLeast) => {
    const some = packages.filter((each) => each.isProduction === isProduction)
    expect(some.length).toBeGreaterThan(atLeast)
    expect(some.flatMap((each) => objectionTo(ROOT, each) ?? [])).toEqual([])
  })

  it('no exception is kept for what is not installed any more', () => {
    const installed = new Set(packages.map(({ name, version }) => `${name}@${version}`))
    expect(Object.keys(EXCEPTIONS).filter((id) => !installed.has(id))).toEqual([])
    for (const { reason } of Object.values(EXCEPTIONS)) expect(reason.length).toBeGreaterThan(10)
  })
})

describe('What a package says about its licence', () => {
  let root: string
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'zhibu-licences-'))
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  const objection = (stated: object, isProduction = true) => {
    const each: LockedPackage = {
      ...{ path: 'node_modules/some', name: 'some', version: '1.0.0', isOptional: false },
      ...{ isProduction, licence: undefined, integrity: undefined, uses: [] },
    }
    mkdirSync(join(root, each.path), { recursive: true })
    writeFileSync(join(root, each.path, 'package.json'), JSON.stringify(stated))
    return objectionTo(root, each)
  }

  it.each([
    [{ license: 'MIT' }],
    [{ license: '(MIT OR GPL-3.0-or-later)' }],
    [{ license: 'MIT AND Zlib' }],
    [{ license: 'GPL-2.0 OR (ISC AND (Apache-2.0 OR AGPL-3.0))' }],
    [{ license: { type: 'BSD-3-Clause', url: 'http://example.org' } }],
    [{ licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] }],
  ])('%j will do', (stated) => {
    expect(objection(stated)).toBeUndefined()
  })

  it.each([
    [{}, 'states no licence'],
    [{ license: '' }, 'states no licence'],
    [{ licenses: [] }, 'states no licence'],
    [{ licenses: [{ type: 'MIT' }, {}] }, 'states no licence'],
    [{ license: 'GPL-3.0-only' }, 'is under GPL-3.0-only'],
    [{ license: 'MIT AND GPL-3.0-only' }, 'is under MIT AND GPL-3.0-only'],
    [{ license: 'UNLICENSED' }, 'is under UNLICENSED'],
    [{ license: 'Apache-2.0 WITH Commons-Clause' }, 'is under Apache-2.0 WITH Commons-Clause'],
    [{ license: 'MPL-2.0' }, 'is under MPL-2.0'],
    [
      { license: 'SEE LICENSE IN LICENSE.txt' },
      'states “SEE LICENSE IN LICENSE.txt”, which is no SPDX expression',
    ],
    [{ license: 'MIT/X11' }, 'states “MIT/X11”, which is no SPDX expression'],
    [{ license: '(MIT' }, 'states “(MIT”, which is no SPDX expression'],
  ])('%j will not: it %s', (stated, words) => {
    expect(objection(stated)).toBe(`some@1.0.0 (node_modules/some) ${words}`)
  })

  it('a tool may bind whoever changes it, a part of the product may not', () => {
    expect(objection({ license: 'MPL-2.0' }, false)).toBeUndefined()
    expect(objection({ license: 'GPL-3.0-only' }, false)).toContain('GPL-3.0-only')
  })

  it('an expression holds exactly when its parts do', () => {
    type Tree = string | { all: Tree[] } | { any: Tree[] }
    const { tree } = fc.letrec<{ tree: Tree; parts: Tree[] }>((tie) => ({
      parts: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      tree: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('MIT', 'ISC', 'GPL-3.0-only', 'AGPL-3.0-only'),
        tie('parts').map((all) => ({ all })),
        tie('parts').map((any) => ({ any })),
      ),
    }))
    const written = (node: Tree): string => {
      if (typeof node === 'string') return node
      return 'all' in node
        ? `(${node.all.map(written).join(' AND ')})`
        : `(${node.any.map(written).join(' OR ')})`
    }
    const holds = (node: Tree): boolean => {
      if (typeof node === 'string') return ALLOWED.production.has(node)
      return 'all' in node ? node.all.every(holds) : node.any.some(holds)
    }
    fc.assert(fc.property(tree, (node) => isMetBy(written(node), ALLOWED.production) === holds(node)))
  })
})
