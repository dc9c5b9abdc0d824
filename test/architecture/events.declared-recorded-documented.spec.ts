import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { filesBelow } from '../../miniprogram/npm/reachable-files.js'

const root = join(__dirname, '../..')
const sources = filesBelow(join(root, 'server'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => {
    const text = readFileSync(join(root, 'server', file), 'utf8')
    return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)
  })
const isEventMap = (node: ts.Node): node is ts.InterfaceDeclaration =>
  ts.isInterfaceDeclaration(node) && node.name.text === 'EventMap'

/** Event → names of its data, from every `interface EventMap`. */
function declaredEvents(): Map<string, string[]> {
  const events = new Map<string, string[]>()
  const visit = (node: ts.Node): void => {
    if (isEventMap(node)) {
      for (const member of node.members) {
        if (!ts.isPropertySignature(member) || !ts.isStringLiteral(member.name)) continue
        const fields = member.type && ts.isTypeLiteralNode(member.type) ? member.type.members : []
        events.set(
          member.name.text,
          fields.map((field) => field.name?.getText() ?? ''),
        )
      }
    }
    ts.forEachChild(node, visit)
  }
  sources.forEach(visit)
  return events
}

/** Every text in quotes outside the declarations, but for what a listener says it listens to. */
function spokenTexts(): Set<string> {
  const texts = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (isEventMap(node) || (ts.isCallExpression(node) && node.expression.getText() === 'On')) return
    if (ts.isStringLiteral(node)) texts.add(node.text)
    ts.forEachChild(node, visit)
  }
  sources.forEach(visit)
  return texts
}

/** Event → names of its data, from the table in docs/interfaces.md. */
function documentedEvents(): Map<string, string[]> {
  const page = readFileSync(join(root, 'docs/interfaces.md'), 'utf8')
  const section = page.split('\n## ').find((part) => part.startsWith('What happened')) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('| `'))
  return new Map(
    rows.map((row) => {
      const [, name = '', , data = ''] = row.split('|')
      const fields = data.replace(/\(.*?\)/g, '')
      return [quoted(name)[0] ?? '', quoted(fields)]
    }),
  )
}

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)

const declared = declaredEvents()

describe('Every event', () => {
  it('that is declared is recorded somewhere, and so listed nowhere in vain', () => {
    const texts = spokenTexts()
    expect([...declared.keys()].filter((name) => !texts.has(name))).toEqual([])
  })

  it('is described for whoever reads the table, with its data, and no other is', () => {
    expect(Object.fromEntries(documentedEvents())).toEqual(Object.fromEntries(declared))
  })
})

describe('What is recorded or listened to', () => {
  /** What the compiler, a program of its own, says of each of these lines. */
  function complaintsAbout(lines: string[]): string[] {
    const folder = join(root, 'test/.output/events')
    const head = [
      `import { Audit } from '../../../server/platform/audit/audit.js'`,
      `import type { CommittedEvent } from '../../../server/platform/audit/event-map.js'`,
      `import { On } from '../../../server/platform/audit/on.decorator.js'`,
      `import '../../../server/modules/organization/dues/dues.events.js'`,
      `declare const audit: Audit`,
      `const who = { actorId: null, unitId: null, subjectId: 'bill' }`,
      `const data = { amountFen: 20, month: '2026-11', tradeNo: 'Z1' }`,
    ]
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'probe.ts'), [...head, ...lines].join('\n'))
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../../tsconfig.json', files: ['probe.ts'], include: [] }),
    )
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' })
    const refused = [...stdout.matchAll(/probe\.ts\((\d+),/g)].map(
      ([, line]) => Number(line) - 1 - head.length,
    )
    return lines.map((_, index) => (refused.includes(index) ? 'refused' : 'fine'))
  }

  it('is refused by the compiler when the name or the data are wrong', () => {
    const cases: Array<[expected: string, line: string]> = [
      ['fine', `void audit.record('dues.bill-paid', { ...who, data })`],
      ['refused', `void audit.record('dues.bill-payed', { ...who, data })`],
      ['refused', `void audit.record('dues.bill-paid', who)`],
      ['refused', `void audit.record('dues.bill-paid', { ...who, data: { ...data, amountFen: '20' } })`],
      ['refused', `void audit.recordMany('dues.bill-paid', [{ ...who, data: { month: '2026-11' } }])`],
      ['fine', `void audit.record('dues.generation-failed', who)`],
      ['refused', `void audit.record('dues.generation-failed', { ...who, data })`],
      [
        'fine',
        `class A { @On('dues.bill-paid') async m(e: Array<CommittedEvent<'dues.bill-paid'>>) { e[0]?.data.tradeNo } }`,
      ],
      ['fine', `class B { @On('dues.bill-paid') async m() {} }`],
      ['refused', `class C { @On('dues.bill-payed') async m() {} }`],
      [
        'refused',
        `class D { @On('dues.bill-paid') async m(e: Array<CommittedEvent<'dues.assessed'>>) { e[0]?.data.memberId } }`,
      ],
      ['refused', `class E { @On('dues.bill-paid') m(): void {} }`],
    ]
    const complaints = complaintsAbout(cases.map(([, line]) => line))
    expect(complaints.map((complaint, index) => [complaint, cases[index]?.[1]])).toEqual(cases)
  }, 120_000)
})
