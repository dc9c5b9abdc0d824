import { EXCEPTIONS, objectionTo, statedLicence } from './licences.js'
import { readLockFile, type LockedPackage } from './lock-file.js'

/** `npm run licences`: what the product is made of and under which licence, as a table in Markdown. */
const root = process.cwd()
const { packages } = readLockFile(root)

const lineOf = (each: LockedPackage): string => {
  const exception = EXCEPTIONS[`${each.name}@${each.version}`]
  const licence = exception
    ? `${exception.licence} (${exception.reason})`
    : (statedLicence(root, each) ?? '–')
  return `| ${each.name} | ${each.version} | ${licence} |`
}

function table(title: string, some: LockedPackage[]): string {
  const lines = [...new Set(some.map(lineOf))].sort()
  return [`## ${title}`, '', '| package | version | licence |', '| --- | --- | --- |', ...lines, ''].join(
    '\n',
  )
}

process.stdout.write(
  `${table(
    'Production',
    packages.filter(({ isProduction }) => isProduction),
  )}\n`,
)
process.stdout.write(
  `${table(
    'Development only',
    packages.filter(({ isProduction }) => !isProduction),
  )}\n`,
)
const objections = packages.flatMap((each) => objectionTo(root, each) ?? [])
if (objections.length > 0) {
  process.stderr.write(`${objections.join('\n')}\n`)
  process.exitCode = 1
}
