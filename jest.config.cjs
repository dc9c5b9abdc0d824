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
const project = (displayName, more = {}) => ({
  ...shared,
  displayName,
  testMatch: [`<rootDir>/test/${displayName}/**/*.spec.ts`],
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
