import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { filesBelow } from '../../miniprogram/npm/reachable-files.js'

const CONTRACTS = resolve(__dirname, '../../server/contracts')

/** The API description knows a contract by the name of its class: of two with one name, one would be lost. */
describe('contracts', () => {
  const files = filesBelow(CONTRACTS).filter((file) => file.endsWith('.ts'))
  const places = new Map<string, string[]>()
  for (const file of files) {
    const text = readFileSync(join(CONTRACTS, file), 'utf8')
    for (const [, name = ''] of text.matchAll(/^export (?:class|type|interface|const) (\w+)/gm)) {
      places.set(name, [...(places.get(name) ?? []), file])
    }
  }

  it('have one name each, whatever module they are of', () => {
    expect(places.size).toBeGreaterThan(50)
    const shared = [...places].filter(([, where]) => where.length > 1)
    expect(shared).toEqual([])
  })

  it('lie in the folder of their module', () => {
    expect(files.filter((file) => !/^[a-z-]+\/[a-z-]+\.ts$/.test(file))).toEqual([])
  })
})
