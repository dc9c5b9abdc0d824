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
 * Writes down what the swagger plugin finds in contracts and controllers: it works on the TypeScript compiler, which
 * tests do without. That takes 20 s, so it is done again only when one of them or what makes them has changed.
 * Whoever reads the file meanwhile reads the one before: it is put in place whole, with the hash of its sources in it.
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
  // The generator ends the process when the sources do not compile: then what it said is the answer.
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
