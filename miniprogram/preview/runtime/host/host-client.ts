import type { PaymentSheet } from '../overlays/payment-sheet.js'
import { currentPerson } from './person.js'

/** A person as whom the app can be tried. */
export interface Person {
  id: string
  name: string
  note: string
}

export interface SampleFile {
  name: string
  url: string
}

declare global {
  interface Window {
    /** Base path of the host; by default the content of the meta element `preview-host`. */
    __PREVIEW_HOST__?: string
  }
}

export async function people(): Promise<Person[]> {
  return (await call('people')) as Person[]
}

/** Files for trying the app, for example to upload. A host may have none. */
export async function files(): Promise<SampleFile[]> {
  return (await call('files')) as SampleFile[]
}

/** The code for wx.login(). */
export async function requestLoginCode(): Promise<string> {
  return ((await call('login-code', {})) as { code: string }).code
}

/** The code of a getPhoneNumber button. @throws when the host refuses; this counts as a refusal by the person. */
export async function requestPhoneCode(): Promise<string> {
  return ((await call('phone-code', {})) as { code: string }).code
}

export async function describePayment(params: unknown): Promise<PaymentSheet> {
  return (await call('payment-sheet', { params })) as PaymentSheet
}

/** @returns the platform's errMsg. */
export async function pay(params: unknown): Promise<string> {
  return ((await call('payments', { params })) as { errMsg: string }).errMsg
}

function base(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="preview-host"]')
  return window.__PREVIEW_HOST__ ?? meta?.content ?? '/preview-host'
}

/** Sends a POST as the current person when there is a body, otherwise a GET. @throws unless the status is 2xx. */
async function call(path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${base()}/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body ? JSON.stringify({ person: currentPerson(), ...body }) : undefined,
  })
  const answer: unknown = await response.json().catch(() => ({}))
  if (response.ok) return answer
  const { message } = answer as { message?: string }
  throw new Error(message ?? `preview host answered ${response.status}`)
}
