import { CleanUp } from '../../bench/clean-up.js'

describe('What a bench puts away', () => {
  it('is put away from the latest to the first, each whether or not the others could be', async () => {
    const done: string[] = []
    const cleanUp = new CleanUp()
    cleanUp.add(() => void done.push('database'))
    cleanUp.add(() => Promise.reject(new Error('the server was gone')))
    cleanUp.add(() => void done.push('connection'))
    expect(await cleanUp.run()).toEqual([new Error('the server was gone')])
    expect(done).toEqual(['connection', 'database'])
  })

  it('is put away once', async () => {
    const step = jest.fn()
    const cleanUp = new CleanUp()
    cleanUp.add(step)
    await cleanUp.run()
    await cleanUp.run()
    expect(step).toHaveBeenCalledTimes(1)
  })
})
