const { createHash } = require('node:crypto')
const { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs')
const { join, relative } = require('node:path')
const { PluginMetadataGenerator } = require('@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator.js')
const { ReadonlyVisitor } = require('@nestjs/swagger/plugin')
const { startMariadb } = require('./mariadb.cjs')

const root = join(__dirname, '../..')
const output = join(root, 'test/.output')
const metadataFile = join(output, 'metadata.ts')

module.exports = async () => {
  mkdirSync(output, { recursive: true })
  describeContractsOnce()
  if (process.env.TEST_DATABASE === 'mariadb') {
    globalThis.__MARIADB__ = await startMariadb()
    process.env.DATABASE_URL = globalThis.__MARIADB__.url
  } else {
    delete process.env.DATABASE_URL
  }
}

/** The description is made again only when a contract, a controller or what makes it has changed: it takes 20 s. */
function describeContractsOnce() {
  const mark = join(output, 'metadata.hash')
  const hash = sourceHash()
  if (existsSync(mark) && existsSync(metadataFile) && readFileSync(mark, 'utf8') === hash) return
  describeContracts()
  writeFileSync(mark, hash)
}

function sourceHash() {
  const isDescribed = (file) => /[\\/]contracts[\\/].*\.ts$|\.controller\.ts$/.test(file)
  const server = join(root, 'server')
  const sources = readdirSync(server, { recursive: true })
    .filter(isDescribed)
    .sort()
    .map((file) => join(server, file))
  const settings = ['package-lock.json', 'tsconfig.json', 'server/tsconfig.build.json'].map((file) =>
    join(root, file),
  )
  const hash = createHash('sha256')
  for (const file of [__filename, ...settings, ...sources]) {
    hash
      .update(`${relative(root, file)}\n`)
      .update(readFileSync(file))
      .update('\n')
  }
  return hash.digest('hex')
}

/** The swagger plugin works on the TypeScript compiler, which tests do without: it writes down what it finds instead. */
function describeContracts() {
  const log = console.log
  const said = []
  console.log = (...words) => said.push(words.join(' '))
  // The generator ends the process when the sources do not compile: then what it said is the answer.
  const tell = () => process.stderr.write(said.join('\n'))
  process.once('exit', tell)
  try {
    new PluginMetadataGenerator().generate({
      visitors: [
        new ReadonlyVisitor({
          introspectComments: true,
          classValidatorShim: true,
          dtoFileNameSuffix: ['/contracts/'],
          pathToSource: join(root, 'server'),
        }),
      ],
      outputDir: output,
      filename: 'metadata.ts',
      watch: false,
      tsconfigPath: relative(process.cwd(), join(root, 'server/tsconfig.build.json')),
      printDiagnostics: false,
    })
    // Its paths start at the server's folder; the file must not lie there, or the build would take it in.
    const text = readFileSync(metadataFile, 'utf8')
    writeFileSync(metadataFile, text.replaceAll('import("./', 'import("../../server/'))
  } finally {
    console.log = log
  }
  process.off('exit', tell)
}
