import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { filesBelow } from '../../miniprogram/npm/reachable-files.js'
import { schema } from '../../server/schema.js'

const SERVER = resolve(__dirname, '../../server')

/** Both landed before their times were compared. They touch different tables, so either may come first. */
const WRITTEN_AT_THE_SAME_TIME = ['EventsAreReadInOrder1795400100000', 'DuesPoliciesHaveATable1795400100000']

/** Names of the classes that files of a kind declare with this pattern. */
const declaredIn = (files: RegExp, declaration: RegExp): string[] =>
  filesBelow(SERVER)
    .filter((file) => files.test(file))
    .flatMap((file) => [...readFileSync(join(SERVER, file), 'utf8').matchAll(declaration)])
    .map(([, name = '']) => name)
    .sort()

const namesOf = (classes: ReadonlyArray<{ name: string }>): string[] => classes.map(({ name }) => name).sort()

describe('the schema lists everything that the folders hold', () => {
  it('every entity', () => {
    const declared = declaredIn(/\.entity\.ts$/, /^@Entity\([\s\S]*?^export class (\w+)/gm)
    expect(declared.length).toBeGreaterThan(20)
    expect(namesOf(schema.entities)).toEqual(declared)
  })

  it('every migration', () => {
    const declared = declaredIn(/\/migrations\/\d+-.*\.ts$/, /^export class (\w+) implements/gm)
    expect(declared.length).toBeGreaterThan(5)
    expect(namesOf(schema.migrations)).toEqual(declared)
  })

  it('no two migrations were written at the same time', () => {
    const times = schema.migrations
      .map(({ name }) => name)
      .filter((name) => !WRITTEN_AT_THE_SAME_TIME.includes(name))
      .map((name) => name.slice(-13))
    expect(times.filter((time, index) => times.indexOf(time) !== index)).toEqual([])
  })
})
