const { execFileSync } = require('node:child_process')
const { existsSync, readdirSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

/** Where the MySQL of Debian sid is unpacked, once for a machine. */
const root = process.env.MYSQL_ROOT || join(tmpdir(), 'zhibu-mysql')

/** A MySQL that is not installed, but unpacked by `fetch-mysql.sh`; see `database-server.cjs`. */
exports.mysql = {
  initialize: (place) => [...mysqld(), ...place, '--initialize-insecure', ...OWN_SETTINGS],
  serve: (options) => [...mysqld(), ...options, ...OWN_SETTINGS, '--mysqlx=OFF', '--performance-schema=OFF'],
}

const OWN_SETTINGS = [
  // Its default is a folder that only the installed package makes.
  '--secure-file-priv=NULL',
  // Nobody needs an encrypted socket: making the certificates takes a second.
  '--auto-generate-certs=OFF',
  '--innodb-redo-log-capacity=32M',
]

/**
 * Fetches MySQL when it is not there yet; takes a minute and 75 MB. Prints a message when it cannot be fetched.
 * @returns {boolean} whether there is one
 */
exports.fetchMysql = () => {
  try {
    execFileSync(join(__dirname, 'fetch-mysql.sh'), [root], { stdio: 'inherit' })
    const [program, ...options] = mysqld()
    const version = execFileSync(program, [...options, '--version'], { encoding: 'utf8' })
    process.stdout.write(`MySQL: ${/Ver .*/.exec(version)?.[0] ?? version}\n`)
    return true
  } catch (error) {
    const line = '!'.repeat(80)
    process.stdout.write(
      `${line}\nNOT run on MySQL, because it could not be fetched or started: ${error.message}\n${line}\n`,
    )
    return false
  }
}

/** Its program, started with the libraries that were unpacked with it: those of this machine are older. */
function mysqld() {
  const libraries = join(root, 'usr/lib')
  const folder = existsSync(libraries) && readdirSync(libraries).find((name) => name.endsWith('-linux-gnu'))
  if (!folder) throw new Error(`there is no MySQL in ${root}: npm run test:mysql fetches it`)
  const loader = readdirSync(join(libraries, folder)).find((name) => /^ld-linux.*\.so/.test(name))
  return [
    join(libraries, folder, loader),
    '--library-path',
    join(libraries, folder),
    join(root, 'usr/sbin/mysqld'),
    '--no-defaults',
    `--basedir=${join(root, 'usr')}`,
    `--lc-messages-dir=${join(root, 'usr/share/mysql')}`,
    `--character-sets-dir=${join(root, 'usr/share/mysql/charsets')}`,
    `--plugin-dir=${join(root, 'usr/lib/mysql/plugin')}`,
  ]
}
