const { createHash } = require('node:crypto')
const {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs')
const { join, relative } = require('node:path')

const root = join(__dirname, '../..')
const output = join(root, 'test/.output')
const descriptions = join(output, 'metadata.ts')

/**
 * Writes what the swagger plugin finds in contracts and controllers: the plugin needs the TypeScript compiler, and
 * tests run without it. That takes 20 s, so it is repeated only when its sources have changed. The file holds the
 * hash of its sources and is replaced in one step, so that another process reads either the old file or the new one.
 */
exports.describeContracts = () => {
  const mark = `// ${hashOfSources()}\n`
  if (existsSync(descriptions) && readFileSync(descriptions, 'utf8').startsWith(mark)) return
  mkdirSync(output, { recursive: true })
  const draft = mkdtempSync(join(output, 'metadata-'))
  try {
    generate(draft)
    // Its paths start at the server's folder; the file must not lie there, or the build would take it in.
    const text = readFileSync(join(draft, 'metadata.ts'), 'utf8')
    writeFileSync(join(draft, 'metadata.ts'), mark + text.replaceAll('import("./', 'import("../../server/'))
    renameSync(join(draft, 'metadata.ts'), descriptions)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function hashOfSources() {
  const isDescribed = (file) => /(^|[\\/])contracts[\\/].*\.ts$|\.controller\.ts$/.test(file)
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

function generate(outputDir) {
  // Loaded here: the compiler that they bring takes a second, which most runs save.
  const { PluginMetadataGenerator } = require('@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator.js')
  const { ReadonlyVisitor } = require('@nestjs/swagger/plugin')
  const log = console.log
  const said = []
  console.log = (...words) => said.push(words.join(' '))
  // The generator ends the process when the sources do not compile: its output then holds the errors.
  const tell = () => {
    rmSync(outputDir, { recursive: true, force: true })
    process.stderr.write(said.join('\n'))
  }
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
      outputDir,
      filename: 'metadata.ts',
      watch: false,
      tsconfigPath: relative(process.cwd(), join(root, 'server/tsconfig.build.json')),
      printDiagnostics: false,
    })
  } finally {
    console.log = log
  }
  process.off('exit', tell)
}
