import type { Problem } from '../../../server/contracts/platform/problem.js'
import { schema } from '../../../server/schema.js'
import type { World } from '../../support/world.js'

/** What is looked at, however the call was made. */
export interface Answer {
  status: number
  text: string
  headers: object
}

/**
 * Checks that an answer is a refusal as every refusal has to be: problem+json with a code, a Chinese sentence and
 * the id under which it is found in the log. @returns it
 */
export function refusalIn(answer: Answer): Problem {
  const { status, text } = answer
  const headers = answer.headers as Record<string, string>
  const type = headers['content-type'] ?? ''
  if (status < 400 || status >= 500 || !type.startsWith('application/problem+json'))
    throw new Error(`not a refusal: ${status} ${type} ${text}`)
  const problem = JSON.parse(text) as Problem
  expect(problem).toMatchObject({
    type: 'about:blank',
    title: expect.stringMatching(/^[A-Z][A-Za-z ]+$/) as string,
    status,
    code: expect.stringMatching(/^[a-z][a-z-]*(\.[a-z-]+)?$/) as string,
    message: expect.stringMatching(/^[^\n]*\p{Script=Han}[^\n]*。$/u) as string,
    requestId: headers['x-request-id'],
  })
  // By hand: a matcher for each would cost more than the request.
  if (!/^[\w-]{8,64}$/.test(problem.requestId)) throw new Error(`an odd id: ${text}`)
  // Nothing of how it is made: no stack, no statement, no library.
  if (/\bat .*\.[jt]s|SELECT|INSERT|node_modules|FST_ERR|Error:/.test(text))
    throw new Error(`tells how it is made: ${text}`)
  if (problem.fields?.some(({ message }) => !/\p{Script=Han}/u.test(message)))
    throw new Error(`not in Chinese: ${text}`)
  return problem
}

export const fieldsIn = (answer: Answer): string[] =>
  (refusalIn(answer).fields ?? []).map(({ field }) => field)

/** Rows of every table, to see that a refusal left none. */
export async function rowCounts({ database }: World): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const entity of schema.entities as Array<new () => object>) {
    const repository = database.repository(entity)
    counts[repository.metadata.tableName] = await repository.count()
  }
  return counts
}
