/** Prints `N passed, N failed` as the very last line, so that people and machines read the same verdict. */
module.exports = class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failedToRun = results.testResults.filter((suite) => suite.testExecError).length
    const failed = results.numFailedTests + failedToRun
    const skipped = results.numPendingTests + results.numTodoTests
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
    process.on('exit', () => process.stdout.write(`${line}\n`))
  }
}
