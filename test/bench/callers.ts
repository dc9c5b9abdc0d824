import { accountIdOf, memberIdOf, openidOf } from './data-set.statements.js'
import type { Caller } from './load.js'

const AT_ONCE = 10

export interface SignedIn extends Caller {
  /** Number of the member in the data set. */
  number: number
  memberId: string
  accountId: string
  openid: string
}

/** Signs members in as the mini-program does; they are spread evenly over the roster. */
export async function signIn(url: string, memberCount: number, howMany: number): Promise<SignedIn[]> {
  const statement = await fetch(`${url}/api/v1/privacy-statement`)
  const { version } = (await statement.json()) as { version: number }
  const step = memberCount / howMany
  const numbers = Array.from({ length: howMany }, (_, index) => Math.floor(index * step) + 1)
  const callers: SignedIn[] = []
  const next = async (): Promise<void> => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      const openid = openidOf(number)
      const answer = await fetch(`${url}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: openid, privacyVersion: version }),
      })
      if (!answer.ok) throw new Error(`signing in: ${answer.status} ${await answer.text()}`)
      const { accessToken: token } = (await answer.json()) as { accessToken: string }
      callers.push({ token, number, memberId: memberIdOf(number), accountId: accountIdOf(number), openid })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  return callers.sort((a, b) => a.number - b.number)
}
