const { relative } = require('node:path')

const SLOWEST = 10

/**
 * Names the ten slowest files when a run has more files than ten, and prints `N passed, N failed` as the very last
 * line, so that people and machines read the same result.
 */
module.exports = class ClosingLineReporter {
  constructor({ rootDir }) {
    this.rootDir = rootDir
  }

  onRunComplete(_contexts, results) {
    this.nameTheSlowest(results.testResults)
    const failedToRun = results.testResults.filter((suite) => suite.testExecError).length
    const failed = results.numFailedTests + failedToRun
    const skipped = results.numPendingTests + results.numTodoTests
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
    process.on('exit', () => process.stdout.write(`${line}\n`))
  }

  nameTheSlowest(files) {
    if (files.length <= SLOWEST) return
    const lines = [...files]
      .sort((one, other) => other.perfStats.runtime - one.perfStats.runtime)
      .slice(0, SLOWEST)
      .map(({ perfStats, testFilePath }) => {
        const seconds = (perfStats.runtime / 1000).toFixed(1).padStart(6)
        return `${seconds} s  ${relative(this.rootDir, testFilePath)}\n`
      })
    process.stdout.write(`The slowest files, with loading:\n${lines.join('')}`)
  }
}
