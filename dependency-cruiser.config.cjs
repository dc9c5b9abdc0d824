const { readdirSync } = require('node:fs')
const { join } = require('node:path')

/**
 * The module graph as a table: each folder and what it may import, besides itself and the contracts (the platform: its own).
 * `test/architecture` checks what a graph cannot see.
 */
const PLATFORM = {
  migrations: ['config', 'crypto', 'database'],
  config: [],
  crypto: ['config'],
  database: ['config', 'crypto'],
  http: ['config', 'database'],
  pdf: [],
  threads: [],
  spreadsheet: ['threads'],
  periods: ['config', 'database'],
  jobs: ['config', 'database', 'http'],
  audit: ['config', 'database', 'http', 'jobs'],
  wechat: ['config', 'crypto', 'http'],
  access: ['config', 'database', 'http', 'audit'],
  idempotency: ['config', 'database', 'http', 'jobs', 'access'],
  auth: ['config', 'database', 'http', 'jobs', 'audit', 'access', 'wechat'],
  pin: ['config', 'database', 'http', 'audit', 'access'],
  approval: ['config', 'database', 'http', 'jobs', 'audit', 'access', 'idempotency', 'pin'],
  payment: ['config', 'database', 'http', 'jobs', 'audit', 'wechat', 'access', 'auth', 'idempotency'],
  health: ['config', 'database', 'http', 'audit'],
}

/** Modules of the Party and the modules below them. `home` composes the pages of all and is imported by none. */
const MODULES = {
  'home-part': [],
  organization: ['home-part'],
  home: ['home-part', 'organization'],
}

/** The rooms of a module, each with the rooms below it: a room is entered by its doors, `index` and `rules`. */
const ROOMS = {
  organization: {
    units: [],
    members: ['units'],
    roles: ['units', 'members'],
    bindings: ['units', 'members', 'roles'],
    posts: ['units', 'members'],
    dues: ['units', 'members'],
    roster: ['units', 'members', 'bindings', 'dues'],
  },
}

/** A folder without a row could import anything, so the configuration refuses it. */
function everyFolderHasARow(path, rows, without = []) {
  const folders = readdirSync(join(__dirname, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !without.includes(entry.name))
    .map(({ name }) => name)
  const missing = folders.filter((name) => !(name in rows))
  const gone = Object.keys(rows).filter((name) => !folders.includes(name))
  if (missing.length > 0) throw new Error(`${path}: no row says what these may import: ${missing.join(', ')}`)
  if (gone.length > 0) throw new Error(`${path}: rows of folders that are not there: ${gone.join(', ')}`)
}
everyFolderHasARow('server/platform', PLATFORM)
everyFolderHasARow('server/modules', MODULES)
for (const [module, rooms] of Object.entries(ROOMS)) {
  everyFolderHasARow(`server/modules/${module}`, rooms, ['migrations'])
}

const anyOf = (folders) => `^(${folders.join('|')})(/|$)`

const platformRules = Object.entries(PLATFORM).map(([folder, below]) => ({
  name: `platform/${folder}`,
  severity: 'error',
  from: { path: `^server/platform/${folder}/` },
  to: {
    path: '^server/',
    pathNot: anyOf(
      [folder, ...below].map((name) => `server/platform/${name}`).concat('server/contracts/platform'),
    ),
  },
}))

const moduleRules = Object.entries(MODULES).map(([folder, below]) => ({
  name: `modules/${folder}`,
  severity: 'error',
  from: { path: `^server/modules/${folder}/` },
  to: {
    path: '^server/',
    pathNot: anyOf([
      `server/modules/${folder}`,
      ...below.map((name) => `server/modules/${name}/index\\.ts`),
      // What roles are called; the table of permissions is composed of it.
      'server/modules/roles\\.ts',
      'server/platform',
      'server/contracts',
    ]),
  },
}))

const roomRules = Object.entries(ROOMS).flatMap(([module, rooms]) =>
  Object.entries(rooms).map(([room, below]) => ({
    name: `${module}/${room}`,
    severity: 'error',
    from: { path: `^server/modules/${module}/${room}/` },
    to: {
      path: `^server/modules/${module}/`,
      pathNot: anyOf([
        `server/modules/${module}/${room}`,
        ...below.flatMap((name) =>
          ['index', 'rules'].map((door) => `server/modules/${module}/${name}/${door}\\.ts`),
        ),
      ]),
    },
  })),
)

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      // A thread of its own has neither settings nor a database, and starts with what it needs alone.
      name: 'what runs in a thread',
      severity: 'error',
      from: {
        path: '^server/(modules/.*\\.worker\\.ts$|modules/organization/roster/reading/|platform/(spreadsheet|threads)/)',
      },
      to: {
        path: '^server/platform/(?!spreadsheet/|threads/|crypto/masking)|node_modules/(@nestjs|typeorm|fastify)/',
        reachable: true,
      },
    },
    ...platformRules,
    ...moduleRules,
    ...roomRules,
    {
      name: 'home is above all',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/(app\\.module\\.ts$|modules/home/)' },
      to: { path: '^server/modules/home/' },
    },
    {
      // Shapes of pages that home composes: below it, only what a feature hands to home speaks of them.
      name: 'contracts of home are for home',
      severity: 'error',
      from: { path: '^server/modules/', pathNot: '^server/modules/(home|home-part)/|\\.home\\.ts$' },
      to: { path: '^server/contracts/home/' },
    },
    {
      // Schema and permissions are composed of tables, seeds and the operator's commands work on them: all else uses the door.
      name: 'a module has one door',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/(modules/|(schema|permissions)\\.ts|seeds/|commands/)' },
      to: { path: '^server/modules/[^/]+/', pathNot: '^server/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'contracts stand alone',
      severity: 'error',
      from: { path: '^server/contracts/' },
      to: { pathNot: '^(server/contracts/|.*node_modules/class-(validator|transformer)/)' },
    },
    {
      name: 'the sandbox is a program of its own',
      severity: 'error',
      from: { path: '^server/wechat-sandbox/' },
      to: { path: '^server/', pathNot: '^server/wechat-sandbox/' },
    },
    {
      name: 'production knows nothing of the demonstration',
      severity: 'error',
      from: { path: '^server/(?!demonstration/|seeds/|wechat-sandbox/)' },
      to: { path: '^server/(demonstration|seeds|wechat-sandbox)/' },
    },
    {
      name: 'the phone takes types from contracts and nothing else',
      severity: 'error',
      from: { path: '^miniprogram/src/' },
      to: { path: '^server/', pathNot: '^server/contracts/' },
    },
    {
      name: 'the phone takes contracts as types only',
      severity: 'error',
      from: { path: '^miniprogram/src/' },
      to: { path: '^server/contracts/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default'],
    },
  },
}
