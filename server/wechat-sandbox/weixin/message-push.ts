import { isLoopback } from '../http/loopback-url.js'
import type { Faults } from '../control/faults.js'
import type { JsonObject } from '../http/json.js'
import type { Clock } from '../state/clock.js'
import { randomDigits } from '../state/random-text.js'
import type { MessagePushSettings, PushedEvent } from '../state/sandbox-state.js'
import type { StateFile } from '../state/state-file.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { envelope, pushSignature } from './message-envelope.js'

const ANSWER_WITHIN_MS = 5_000

export interface MessagePushParts {
  stateFile: StateFile
  faults: Faults
  now: Clock
  /** The same as for payment notifications. */
  retryScale: number
  report: (error: unknown) => void
}

/** Posts events to the address configured as 消息推送 in the console, until the address answers "success". */
export class MessagePush {
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private readonly underway = new Set<Promise<void>>()
  private readonly cancelled = new AbortController()

  constructor(private readonly parts: MessagePushParts) {}

  /** Schedules the events that an earlier run did not deliver. */
  resume(): void {
    for (const event of this.events.values()) if (event.state === 'pending') this.schedule(event, 0)
  }

  /** Checks that the address echoes, then stores it. @returns why it was refused, or undefined when it was stored. */
  async configure(settings: MessagePushSettings): Promise<string | undefined> {
    if (!isLoopback(new URL(settings.url))) return 'the sandbox calls this machine only'
    const timestamp = String(Math.floor(this.parts.now() / 1000))
    const [nonce, echostr] = [randomDigits(10), randomDigits(19)]
    const signature = pushSignature(settings.token, timestamp, nonce)
    const answer = await this.fetch(settings.url, { signature, timestamp, nonce, echostr })
    if (answer?.text !== echostr) return 'token check failed: the address did not answer with echostr'
    this.parts.stateFile.state.messagePush = settings
    return undefined
  }

  /** Adds an event to the state. Call `start` after the state is on disk. */
  prepare(id: string, openid: string, message: JsonObject): void {
    const { faults, stateFile } = this.parts
    // Without a configured address the event is not sent.
    const silent = !stateFile.state.messagePush || faults.take('push-withheld') !== undefined
    const state = silent ? 'withheld' : 'pending'
    this.events.set(id, { id, openid, message, state, attempts: [] })
  }

  start(id: string): void {
    const event = this.events.get(id)
    if (event?.state === 'pending') this.schedule(event, 0)
  }

  find(id: string): PushedEvent | undefined {
    return this.events.get(id)
  }

  /** Sends an event once more at once. @returns the receiver's HTTP status, or `no-answer`. */
  async redeliver(event: PushedEvent): Promise<number | 'no-answer'> {
    const status = await this.attempt(event)
    await this.parts.stateFile.commit()
    return status
  }

  async stop(): Promise<void> {
    this.cancelled.abort()
    for (const timer of this.timers.values()) clearTimeout(timer)
    await Promise.allSettled(this.underway)
  }

  private get events(): Map<string, PushedEvent> {
    return this.parts.stateFile.state.pushedEvents
  }

  private schedule(event: PushedEvent, waitMs: number): void {
    if (this.cancelled.signal.aborted) return
    const timer = setTimeout(() => {
      this.timers.delete(event.id)
      const work = this.deliver(event).catch(this.parts.report)
      this.underway.add(work)
      void work.finally(() => this.underway.delete(work))
    }, waitMs)
    this.timers.set(event.id, timer)
  }

  private async deliver(event: PushedEvent): Promise<void> {
    await this.attempt(event)
    if (this.cancelled.signal.aborted || event.state !== 'pending') return this.parts.stateFile.commit()
    this.events.set(event.id, event)
    if (event.attempts.length > UNDOCUMENTED.messagePushRepetitions) event.state = 'exhausted'
    else this.schedule(event, UNDOCUMENTED.messagePushPauseMs * this.parts.retryScale)
    await this.parts.stateFile.commit()
  }

  /** Every attempt has a new signature and ciphertext. */
  private async attempt(event: PushedEvent): Promise<number | 'no-answer'> {
    const { stateFile, faults, now } = this.parts
    const { messagePush, app } = stateFile.state
    if (!messagePush) return 'no-answer'
    const at = { epochMs: now(), openid: event.openid }
    const spoil = faults.take('push-spoiled')?.spoil
    const { query, body } = envelope(event.message, messagePush, app.appid, at, spoil)
    const answer = await this.fetch(messagePush.url, query, body)
    if (!answer && this.cancelled.signal.aborted) return 'no-answer'
    const status = answer?.status ?? 'no-answer'
    event.attempts.push({ at: at.epochMs, status })
    if (answer?.status === 200 && answer.text === 'success') event.state = 'acknowledged'
    this.events.set(event.id, event)
    return status
  }

  private async fetch(address: string, query: Record<string, string>, body?: string) {
    const url = new URL(address)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const signal = AbortSignal.any([this.cancelled.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)])
    const init =
      body === undefined ? {} : { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }
    try {
      const response = await fetch(url, { ...init, signal, redirect: 'manual' })
      return { status: response.status, text: await response.text() }
    } catch {
      return undefined
    }
  }
}
