import { openLoad } from '../../bench/open-load.js'

const PER_SECOND = 1_000

describe('A load at a constant rate', () => {
  let end: () => void
  let fail: (error: Error) => void
  let until: Promise<void>

  beforeEach(() => {
    until = new Promise((resolve, reject) => {
      end = resolve
      fail = reject
    })
  })

  it('counts from the moment when each was due, so that one that is held up shows it', async () => {
    const times = await openLoad(PER_SECOND, until, (index) => {
      if (index === 0) holdUpFor(100)
      if (index === 4) end()
      return Promise.resolve(1)
    })
    expect(times).toHaveLength(5)
    expect(times[1]).toBeGreaterThan(90)
  })

  it('does not wait for one before it begins the next', async () => {
    let finishFirst = (_milliseconds: number): void => undefined
    const times = await openLoad(PER_SECOND, until, (index) => {
      if (index === 0) return new Promise((resolve) => (finishFirst = resolve))
      finishFirst(1)
      end()
      return Promise.resolve(1)
    })
    expect(times).toHaveLength(2)
  })

  it('ends with the first error, whatever goes wrong after it', async () => {
    const load = openLoad(PER_SECOND, until, (index) => {
      if (index === 0) return Promise.reject(new Error('a payment failed'))
      return Promise.resolve(1)
    })
    await expect(load).rejects.toThrow('a payment failed')
    fail(new Error('the connection is closed'))
  })

  it('ends with the error of what it runs beside', async () => {
    const load = openLoad(PER_SECOND, until, (index) => {
      if (index === 1) fail(new Error('the bills were not made'))
      return Promise.resolve(1)
    })
    await expect(load).rejects.toThrow('the bills were not made')
  })
})

function holdUpFor(milliseconds: number): void {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}
