import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { permissions } from '../../server/permissions.js'
import { permissionsPage } from '../support/permissions-page.js'

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
})
