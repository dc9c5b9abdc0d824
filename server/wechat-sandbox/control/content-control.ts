import { randomAlphanumeric } from '../state/random-text.js'
import type { ContentVerdict, MessagePushSettings, PushedEvent, SentMessage } from '../state/sandbox-state.js'
import type { StateFile } from '../state/state-file.js'
import type { MessagePush } from '../weixin/message-push.js'
import { isTemplateField } from '../weixin/subscribe-data.js'
import type { Subscriptions } from '../weixin/subscriptions.js'
import { ControlError } from './control-error.js'

export interface ContentControlParts {
  stateFile: StateFile
  subscriptions: Subscriptions
  push: MessagePush
}

/** Acts as the console of the mini-program, and as the person who allows or refuses messages. */
export class ContentControl {
  constructor(private readonly parts: ContentControlParts) {}

  /** Adds a template with these fields. @returns its id */
  async addTemplate(fields: string[], templateId = randomAlphanumeric(43)): Promise<string> {
    const wrong = fields.find((field) => !isTemplateField(field))
    if (wrong !== undefined || fields.length === 0)
      throw new ControlError(400, `no template has a field ${wrong ?? ''}: they are like thing1 and time2`)
    this.state.subscribeTemplates.set(templateId, { templateId, fields })
    await this.parts.stateFile.commit()
    return templateId
  }

  /** The person taps "允许" `accepts` times; 0 means "拒绝". @returns how many messages may now be sent. */
  async subscribe(openid: string, templateId: string, accepts = 1): Promise<number> {
    if (!this.state.people.has(openid)) throw new ControlError(404, `nobody has the openid ${openid}`)
    if (!this.state.subscribeTemplates.has(templateId))
      throw new ControlError(404, `no template ${templateId}`)
    const { subscriptions, stateFile } = this.parts
    if (accepts === 0) subscriptions.refuse(openid, templateId)
    const quota = accepts === 0 ? 0 : subscriptions.accept(openid, templateId, accepts)
    await stateFile.commit()
    return quota
  }

  /** @returns the messages that the person received, oldest first. */
  messages(openid: string): SentMessage[] {
    return this.parts.subscriptions.sentTo(openid)
  }

  /** @param verdict `pass` removes the word. */
  async plantWord(word: string, verdict: ContentVerdict): Promise<void> {
    if (verdict.suggest === 'pass') this.state.plantedWords.delete(word)
    else this.state.plantedWords.set(word, verdict)
    await this.parts.stateFile.commit()
  }

  /** @param pages paths without a leading slash; undefined: every page exists. */
  async publishPages(pages: string[] | undefined): Promise<void> {
    this.state.pages = pages
    await this.parts.stateFile.commit()
  }

  /** @throws ControlError 409 when the address does not echo. */
  async configurePush(settings: MessagePushSettings): Promise<void> {
    const reason = await this.parts.push.configure(settings)
    if (reason !== undefined) throw new ControlError(409, reason)
    await this.parts.stateFile.commit()
  }

  /** @throws ControlError 404 when no check has this trace id. */
  event(traceId: string): PushedEvent {
    const event = this.parts.push.find(traceId)
    if (!event) throw new ControlError(404, `no event ${traceId}`)
    return event
  }

  async redeliver(traceId: string): Promise<number | 'no-answer'> {
    return this.parts.push.redeliver(this.event(traceId))
  }

  private get state() {
    return this.parts.stateFile.state
  }
}
