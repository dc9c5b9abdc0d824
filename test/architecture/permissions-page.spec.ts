import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { filesBelow } from '../../miniprogram/npm/reachable-files.js'
import { permissions } from '../../server/permissions.js'
import { permissionsPage } from '../support/permissions-page.js'

const SERVER = resolve(__dirname, '../../server')
const PAGE = resolve(__dirname, '../../docs/permissions.md')

describe('The page of permissions that an official signs', () => {
  const page = permissionsPage(permissions)

  it('is printed from the table as it stands (UPDATE_PERMISSIONS=1 writes it anew)', () => {
    if (process.env['UPDATE_PERMISSIONS'] === '1') writeFileSync(PAGE, page)
    expect(existsSync(PAGE) && readFileSync(PAGE, 'utf8')).toBe(page)
  })

  it('names every role and every permission in words that can be read', () => {
    const words = [
      ...[...permissions.roles.values()].flatMap(({ name, describes }) => [name, describes]),
      ...[...permissions.rules.values()].map(({ allows }) => allows),
    ]
    expect(words.length).toBeGreaterThan(15)
    expect(words.filter((text) => !/^\p{Script=Han}/u.test(text) || !page.includes(text))).toEqual([])
  })

  it('lists no permission that nothing asks for', () => {
    const sources = filesBelow(SERVER)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.permissions.ts'))
      .map((file) => readFileSync(join(SERVER, file), 'utf8'))
    const idle = [...permissions.rules.keys()].filter(
      (permission) => !sources.some((text) => text.includes(`'${permission}'`)),
    )
    expect(idle).toEqual([])
  })
})
