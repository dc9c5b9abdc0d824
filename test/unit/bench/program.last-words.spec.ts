import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Program } from '../../bench/program.js'

describe('A program of the bench', () => {
  const start = (script: string) => {
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] })
    return { child, program: new Program('the server', child) }
  }

  it('that ended by itself says how, and what it wrote last', async () => {
    const { child, program } = start("console.error('no database'); process.exitCode = 3")
    await once(child, 'close')
    expect(() => program.checkRunning()).toThrow('the server ended by itself (exit code 3):\nno database')
    await expect(program.stop()).rejects.toThrow('no database')
  })

  it('that was killed says by what', async () => {
    const { child, program } = start('setInterval(() => {}, 1000)')
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(() => program.checkRunning()).toThrow('ended by itself (SIGKILL)')
  })

  it('that is stopped is no error, however often', async () => {
    const { child, program } = start("console.log('ready'); setInterval(() => {}, 1000)")
    await once(child.stdout, 'data')
    program.checkRunning()
    await program.stop()
    await program.stop()
    program.checkRunning()
  })
})
