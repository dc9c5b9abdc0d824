/** The MariaDB of Debian's package `mariadb-server`; see `database-server.cjs`. */
exports.mariadb = {
  initialize: (place) => [
    'mariadb-install-db',
    '--no-defaults',
    ...place,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ],
  serve: (options) => ['mariadbd', '--no-defaults', ...options],
}
