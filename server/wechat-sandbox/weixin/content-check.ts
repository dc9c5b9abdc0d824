import type { JsonObject } from '../http/json.js'
import type { Clock } from '../state/clock.js'
import { randomHex } from '../state/random-text.js'
import type { ContentVerdict, SandboxState } from '../state/sandbox-state.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { WeixinApiError } from './api-error.js'
import { demandOneOf } from './weixin-call.js'

const SCENES = [1, 2, 3, 4]
const MAX_CONTENT = 2500
const SEEN_WITHIN_MS = 2 * 3_600_000
const PASS: ContentVerdict = { suggest: 'pass', label: 100 }

/** Checks texts and picture addresses against the words planted in the sandbox. */
export class ContentCheck {
  constructor(
    private readonly state: SandboxState,
    private readonly now: Clock,
  ) {}

  /** `POST /wxa/msg_sec_check`, version 2. @throws WeixinApiError */
  text(body: JsonObject): JsonObject {
    this.checkCaller(body)
    const { content } = body
    if (typeof content !== 'string' || content === '') throw new WeixinApiError(44002, 'empty post data')
    if ([...content].length > MAX_CONTENT)
      throw new WeixinApiError(UNDOCUMENTED.errcode.contentTooLong, 'content size out of limit')
    const others = ['title', 'nickname', 'signature'].map((name) => body[name])
    const verdict = this.judge([content, ...others].filter((text) => typeof text === 'string').join('\n'))
    return { ...verdictBody(verdict), trace_id: newTraceId() }
  }

  /** `POST /wxa/media_check_async`: checks the request and finds the verdict that the event will carry. @throws WeixinApiError */
  media(body: JsonObject): { traceId: string; openid: string; verdict: ContentVerdict } {
    const openid = this.checkCaller(body)
    demandOneOf(body['media_type'], [1, 2], UNDOCUMENTED.errcode.invalidArgument, 'media_type')
    const url = body['media_url']
    if (typeof url !== 'string' || !/^https?:\/\//.test(url))
      throw new WeixinApiError(UNDOCUMENTED.errcode.mediaUrl, 'invalid media_url')
    return { traceId: newTraceId(), openid, verdict: this.judge(url) }
  }

  private checkCaller({ version, scene, openid }: JsonObject): string {
    demandOneOf(version, [2, '2'], UNDOCUMENTED.errcode.invalidArgument, 'version')
    demandOneOf(scene, SCENES, 40129, 'scene')
    const person = typeof openid === 'string' ? this.state.people.get(openid) : undefined
    if (!person) throw new WeixinApiError(40003, 'invalid openid')
    if (this.now() - (person.seenAt ?? 0) > SEEN_WITHIN_MS)
      throw new WeixinApiError(UNDOCUMENTED.errcode.personNotSeenLately, 'code is expired')
    return person.openid
  }

  /** Returns the worst verdict of the planted words in the text. */
  private judge(text: string): ContentVerdict {
    const found = [...this.state.plantedWords]
      .filter(([word]) => text.includes(word))
      .map(([, verdict]) => verdict)
    return found.find(({ suggest }) => suggest === 'risky') ?? found[0] ?? PASS
  }
}

/** The verdict fields that the answer for a text and the event for a picture share. */
export function verdictBody({ suggest, label }: ContentVerdict, asText = false): JsonObject {
  const labelled = { suggest, label: asText ? String(label) : label }
  return {
    result: labelled,
    detail: [{ strategy: 'content_model', errcode: 0, ...labelled, prob: UNDOCUMENTED.verdictProbability }],
  }
}

function newTraceId(): string {
  return `${randomHex(8)}-${randomHex(8)}-${randomHex(8)}`
}
