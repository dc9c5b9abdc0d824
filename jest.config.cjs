/** One project per kind of test. TEST_DATABASE, `mariadb` or `mysql`, runs the server suites on a throw-away server. */
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          target: 'es2022',
          keepClassNames: true,
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
}
/**
 * Suites of half a minute and more. `npm test` leaves them out, so that it ends within ten minutes on two cores; `npm run test:slow`
 * runs them and no others.
 */
const slow = [
  'test/integration/commands/',
  'test/integration/process/first-cut',
  'test/integration/process/payment.process-killed',
  'test/integration/roster/roster-import.any-size',
  'test/miniprogram/walk/a-large-ledger',
  'test/miniprogram/walk/pages.read-with-long-names',
  'test/miniprogram/walk/posts.recorded',
]
const isWhole = process.env.TEST_SLOW === 'too' || process.env.LONG === '1'

const project = (displayName, more = {}) => ({
  ...shared,
  displayName,
  testMatch: [`<rootDir>/test/${displayName}/**/*.spec.ts`],
  testPathIgnorePatterns: ['/node_modules/', ...(isWhole ? [] : slow)],
  ...more,
})

module.exports = {
  projects: [
    project('unit'),
    project('architecture'),
    project('integration'),
    project('e2e'),
    project('miniprogram'),
  ],
  globalSetup: '<rootDir>/test/support/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
  reporters: ['default', '<rootDir>/test/support/closing-line-reporter.cjs'],
  testTimeout: 30_000,
  // Also on two cores: half of what a test does is waiting for a database, a browser or another process.
  maxWorkers: 2,
  // Every suite leaves some megabytes behind in the process that ran it.
  workerIdleMemoryLimit: '1GB',
}
