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
  const where = `${answer.status} ${answer.text}`
  if (answer.status < 400 || answer.status >= 500) throw new Error(`not a refusal: ${where}`)
  const headers = answer.headers as Record<string, string>
  expect([where, headers['content-type']]).toEqual([
    where,
    expect.stringMatching(/^application\/problem\+json/),
  ])
  const problem = JSON.parse(answer.text) as Problem
  expect(problem).toMatchObject({
    type: 'about:blank',
    title: expect.stringMatching(/^[A-Z][A-Za-z ]+$/) as string,
    status: answer.status,
    code: expect.stringMatching(/^[a-z][a-z-]*(\.[a-z-]+)?$/) as string,
    message: expect.stringMatching(/^[^\n]*\p{Script=Han}[^\n]*。$/u) as string,
    requestId: headers['x-request-id'],
  })
  expect(problem.requestId).toMatch(/^[\w-]{8,64}$/)
  // Nothing of how it is made: no stack, no statement, no library.
  expect(answer.text).not.toMatch(/\bat .*\.[jt]s|SELECT|INSERT|node_modules|FST_ERR|Error:/)
  for (const field of problem.fields ?? []) expect(field.message).toMatch(/\p{Script=Han}/u)
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
