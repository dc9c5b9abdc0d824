import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { getMetadataArgsStorage } from 'typeorm'
import { filesBelow } from '../../miniprogram/npm/reachable-files.js'
import { schema } from '../../server/schema.js'

const SERVER = resolve(__dirname, '../../server')

/** May be read in any room's SQL: what nearly every list joins to, and dated facts. They change through their owner only. */
const PUBLISHED = ['org_node', 'unit', 'member', 'member_period']

/** Tables of others that a room may read, and why it does not ask their owner. */
const ALSO_READ: Record<string, string[]> = {
  // "My bills" is what everybody opens: which of them is being paid comes with them in one statement.
  'modules/organization/dues': ['payment_line', 'payment_order'],
}

/** Names of tables that follow these words in SQL. */
const NAMED_IN_SQL = /\b(?:FROM|JOIN|INTO|UPDATE|DELETE FROM)\s+([a-z_]+)\b/g
/** Words of the same shape that are no tables. */
const NO_TABLES = new Set(['select', 'set'])
/** Entities that are opened, locked, loaded or deleted by their class. */
const OPENED_AS_ENTITY = /\b(?:repository|lock|load|deleteInBatches)\((?:[^()]*,\s*)?([A-Z]\w+)\b/g
/** Changes, not reads. */
const CHANGED_IN_SQL = /\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)\b/g

const sources = filesBelow(SERVER)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(SERVER, file), 'utf8') }))

/** The folder that owns what lies in it: a part of the platform, or a room of a module. */
const roomOf = (file: string): string =>
  /^(platform\/[^/]+|modules\/[^/]+\/[^/]+(?=\/)|modules\/[^/]+)/.exec(file)?.[1] ?? file

/** Migrations, seeds and the operator's commands work on every table; the rest is a room. */
const isRoom = ({ file }: { file: string }) =>
  /^(platform|modules)\//.test(file) && !/\/migrations\/|\.schema\.ts$/.test(file)

/** Table → the room whose folder holds its entity. */
const owners = new Map(
  getMetadataArgsStorage().tables.flatMap(({ name, target }) => {
    const declared = typeof target === 'function' ? `export class ${target.name} ` : ''
    const source = sources.find(({ file, text }) => file.endsWith('.entity.ts') && text.includes(declared))
    return name && source ? [[name, roomOf(source.file)] as const] : []
  }),
)

/** Every text of a source that may be SQL: between backticks and between quotes. */
const textsOf = (text: string): string[] => text.match(/`[^`]*`|'[^'\n]*'/g) ?? []

function namedIn(pattern: RegExp, text: string): string[] {
  return textsOf(text).flatMap((sql) =>
    [...sql.matchAll(pattern)].map(([, table = '']) => table).filter((table) => !NO_TABLES.has(table)),
  )
}

const rooms = sources.filter(isRoom)

describe('tables have owners', () => {
  it('every table of the schema lies in one room', () => {
    expect(owners.size).toBe(schema.entities.length)
    expect(PUBLISHED.filter((table) => !owners.has(table))).toEqual([])
  })

  it('SQL names no table that does not exist', () => {
    const unknown = rooms.flatMap(({ file, text }) =>
      namedIn(NAMED_IN_SQL, text)
        .filter((table) => !owners.has(table) && table !== 'migrations')
        .map((table) => `${file}: ${table}`),
    )
    expect(unknown).toEqual([])
  })

  it('a room reads its own tables, what its row allows and what is published', () => {
    const foreign = rooms.flatMap(({ file, text }) => {
      const room = roomOf(file)
      const allowed = [...PUBLISHED, ...(ALSO_READ[room] ?? [])]
      return namedIn(NAMED_IN_SQL, text)
        .filter((table) => owners.has(table) && owners.get(table) !== room && !allowed.includes(table))
        .map((table) => `${file} names ${table}, which is of ${owners.get(table)}`)
    })
    expect(foreign).toEqual([])
  })

  it('a room changes its own tables only, the published ones too', () => {
    const foreign = rooms.flatMap(({ file, text }) =>
      namedIn(CHANGED_IN_SQL, text)
        .filter((table) => owners.has(table) && owners.get(table) !== roomOf(file))
        .map((table) => `${file} changes ${table}, which is of ${owners.get(table)}`),
    )
    expect(rooms.flatMap(({ text }) => namedIn(CHANGED_IN_SQL, text)).length).toBeGreaterThan(20)
    expect(foreign).toEqual([])
  })

  it('an entity is opened in its own room only', () => {
    const classes = new Map(
      getMetadataArgsStorage().tables.flatMap(({ name, target }) =>
        name && typeof target === 'function' ? [[target.name, owners.get(name)] as const] : [],
      ),
    )
    const opened = rooms.flatMap(({ file, text }) =>
      [...text.matchAll(OPENED_AS_ENTITY)].map(([, entity = '']) => ({ file, entity })),
    )
    const foreign = opened
      .filter(({ file, entity }) => classes.has(entity) && classes.get(entity) !== roomOf(file))
      .map(({ file, entity }) => `${file} opens ${entity}, which is of ${classes.get(entity)}`)
    // Every table is opened somewhere: if hardly any were found, the pattern fits the code no longer.
    expect(new Set(opened.map(({ entity }) => entity)).size).toBeGreaterThan(20)
    expect(foreign).toEqual([])
  })

  it('what is allowed beyond that is used', () => {
    const unused = Object.entries(ALSO_READ).flatMap(([room, tables]) =>
      tables.filter(
        (table) =>
          !rooms.some(
            ({ file, text }) => roomOf(file) === room && namedIn(NAMED_IN_SQL, text).includes(table),
          ),
      ),
    )
    expect(unused).toEqual([])
  })
})
