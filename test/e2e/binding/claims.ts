import type request from 'supertest'
import type { Account } from '../../../server/contracts/home/account.js'
import type { ClaimAnswer, OwnBinding } from '../../../server/contracts/organization/binding.js'
import type { Binding, BindingPage } from '../../../server/contracts/organization/binding.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import type { Today } from '../../../server/contracts/home/today.js'
import { OPENIDS, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

type Person = keyof typeof OPENIDS

/** The number a person of the cast carries; the couple share one. */
const phoneOf = (person: Person): string => (person === 'guiying' ? PHONES.couple : PHONES[person])

/** Touches "用微信手机号" and sends what WeChat hands out. @param phone the number picked in WeChat's dialog */
export async function claimAs(
  village: Village,
  caller: Caller,
  person: Person,
  phone: string = phoneOf(person),
): Promise<request.Response> {
  const phoneCode = await village.world.wechat.control.phoneCode(OPENIDS[person], phone)
  return caller.post('/bindings', { phoneCode })
}

/** The claim in the answer to a number that is on the roster. */
export function claimIn({ body }: request.Response): OwnBinding {
  const { binding } = body as ClaimAnswer
  if (!binding) throw new Error('the number led to no claim')
  return binding
}

/** Signs in and claims, which must succeed. */
export async function newClaim(
  village: Village,
  person: Person,
  phone?: string,
): Promise<{ caller: Caller; claim: OwnBinding }> {
  const caller = await village.as(person)
  const answer = await claimAs(village, caller, person, phone)
  expect(answer.status).toBe(201)
  return { caller, claim: claimIn(answer) }
}

/** Signs in, claims and is confirmed by 李建国. */
export async function newMember(village: Village, person: Person, phone?: string): Promise<Caller> {
  const { caller, claim } = await newClaim(village, person, phone)
  const li = await village.as('li')
  await li.post(`/bindings/${claim.id}/confirmation`).expect(201)
  return caller
}

export const claimsSeenBy = async (
  caller: Caller,
  state: 'pending' | 'confirmed' | 'rejected' | 'refused' = 'pending',
): Promise<Binding[]> =>
  ((await caller.get(`/bindings?state=${state}`).expect(200)).body as BindingPage).items

export const accountOf = async (caller: Caller): Promise<Account> =>
  (await caller.get('/me').expect(200)).body as Account

export const taskKinds = async (caller: Caller): Promise<string[]> =>
  (await todayOf(caller)).tasks.map(({ kind }) => kind)

export const todayOf = async (caller: Caller): Promise<Today> =>
  (await caller.get('/me/today').expect(200)).body as Today

export const problemIn = (answer: request.Response): Problem => answer.body as Problem
