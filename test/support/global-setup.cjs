const { mkdirSync, readFileSync, writeFileSync } = require('node:fs')
const { join, relative } = require('node:path')
const { PluginMetadataGenerator } = require('@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator.js')
const { ReadonlyVisitor } = require('@nestjs/swagger/plugin')
const { startMariadb } = require('./mariadb.cjs')

const root = join(__dirname, '../..')
const output = join(root, 'test/.output')

module.exports = async () => {
  mkdirSync(output, { recursive: true })
  describeContracts()
  if (process.env.TEST_DATABASE === 'mariadb') {
    globalThis.__MARIADB__ = await startMariadb()
    process.env.DATABASE_URL = globalThis.__MARIADB__.url
  } else {
    delete process.env.DATABASE_URL
  }
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
    const file = join(output, 'metadata.ts')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replaceAll('import("./', 'import("../../server/'))
  } finally {
    console.log = log
  }
  process.off('exit', tell)
}
