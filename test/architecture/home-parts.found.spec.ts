import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { filesBelow } from '../../miniprogram/npm/reachable-files.js'

const MODULES = resolve(__dirname, '../../server/modules')
const files = filesBelow(MODULES)
const read = (file: string) => readFileSync(join(MODULES, file), 'utf8')
const parts = files
  .filter((file) => file.endsWith('.ts') && read(file).includes(' implements HomePart '))
  .map((file) => ({ file, text: read(file) }))

/** What a feature hands to home is found by its decorator among the providers: one that misses either is silently absent. */
describe('what features hand to home is found', () => {
  it.each(parts)('$file', ({ file, text }) => {
    expect(file).toMatch(/\.home\.ts$/)
    expect(text).toMatch(/^@ContributesToHome\(\)\nexport class/m)
    const name = /export class (\w+) implements HomePart/.exec(text)?.[1] ?? ''
    const modules = files.filter((other) => dirname(other) === dirname(file) && other.endsWith('.module.ts'))
    const provided = modules.map((module) => /providers: \[(.*?)\n?}\)/s.exec(read(module))?.[1] ?? '').join()
    expect(provided).toContain(name)
  })

  it('and there are some', () => {
    expect(parts.length).toBeGreaterThan(4)
  })
})
