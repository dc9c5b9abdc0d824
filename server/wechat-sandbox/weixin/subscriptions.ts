import type { JsonObject } from '../http/json.js'
import type { Clock } from '../state/clock.js'
import type { SandboxState, SentMessage } from '../state/sandbox-state.js'
import { WeixinApiError } from './api-error.js'
import { checkData } from './subscribe-data.js'

/** How many sent messages are kept for inspection. */
const KEPT_MESSAGES = 500

/** One-time subscriptions: each tap on "允许" permits one message of that template. */
export class Subscriptions {
  constructor(
    private readonly state: SandboxState,
    private readonly now: Clock,
  ) {}

  /** The person taps "允许". @returns how many messages may now be sent. */
  accept(openid: string, templateId: string, times: number): number {
    const key = quotaKey(openid, templateId)
    const quota = (this.state.subscribeQuotas.get(key) ?? 0) + times
    this.state.subscribeQuotas.set(key, quota)
    return quota
  }

  /** The person switches the template off. */
  refuse(openid: string, templateId: string): void {
    this.state.subscribeQuotas.delete(quotaKey(openid, templateId))
  }

  /** @throws WeixinApiError 40003, 40037, 47003, 41030 or 43101. A refused message does not reduce the quota. */
  send(message: JsonObject): void {
    const { touser, template_id: templateId, page, data } = message
    if (typeof touser !== 'string' || !this.state.people.has(touser))
      throw new WeixinApiError(40003, 'invalid openid')
    const template =
      typeof templateId === 'string' ? this.state.subscribeTemplates.get(templateId) : undefined
    if (!template) throw new WeixinApiError(40037, 'invalid template_id')
    checkData(template.fields, data)
    if (page !== undefined && !this.pageExists(page)) throw new WeixinApiError(41030, 'invalid page')
    const key = quotaKey(touser, template.templateId)
    const quota = this.state.subscribeQuotas.get(key) ?? 0
    if (quota === 0) throw new WeixinApiError(43101, 'user refuse to accept the msg')
    this.state.subscribeQuotas.set(key, quota - 1)
    const text = typeof page === 'string' ? { page } : {}
    this.keep({
      at: this.now(),
      openid: touser,
      templateId: template.templateId,
      data: data as JsonObject,
      ...text,
    })
  }

  sentTo(openid: string): SentMessage[] {
    return this.state.sentMessages.filter((message) => message.openid === openid)
  }

  private keep(message: SentMessage): void {
    this.state.sentMessages = [...this.state.sentMessages, message].slice(-KEPT_MESSAGES)
  }

  private pageExists(page: unknown): boolean {
    return typeof page === 'string' && isPublished(this.state, page.split('?')[0] ?? '')
  }
}

/** Whether a page exists. Without a list of pages every page exists. */
export function isPublished({ pages }: SandboxState, page: string): boolean {
  return !page.startsWith('/') && (pages === undefined || pages.includes(page))
}

function quotaKey(openid: string, templateId: string): string {
  return `${openid}/${templateId}`
}
