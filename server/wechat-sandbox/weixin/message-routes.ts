import type { Route } from '../http/routes.js'
import type { Clock } from '../state/clock.js'
import type { SandboxState } from '../state/sandbox-state.js'
import type { AccessTokens } from './access-tokens.js'
import { verdictBody, type ContentCheck } from './content-check.js'
import type { MessagePush } from './message-push.js'
import type { Subscriptions } from './subscriptions.js'
import { ok, postCall, type WeixinHandler } from './weixin-call.js'

export interface MessageParts {
  state: SandboxState
  tokens: AccessTokens
  subscriptions: Subscriptions
  content: ContentCheck
  push: MessagePush
  now: Clock
}

/** Routes for subscribe messages and for content checks of texts and pictures. */
export function messageRoutes(parts: MessageParts): Route<WeixinHandler>[] {
  const { state, tokens, subscriptions, content, push, now } = parts
  return [
    postCall(tokens, '/cgi-bin/message/subscribe/send', (body) => {
      subscriptions.send(body)
      return ok()
    }),
    postCall(tokens, '/wxa/msg_sec_check', (body) => ok(content.text(body))),
    postCall(tokens, '/wxa/media_check_async', (body) => {
      const { traceId, openid, verdict } = content.media(body)
      push.prepare(traceId, openid, {
        ToUserName: UNNAMED_APP,
        FromUserName: openid,
        CreateTime: Math.floor(now() / 1000),
        MsgType: 'event',
        Event: 'wxa_media_check',
        appid: state.app.appid,
        trace_id: traceId,
        version: 2,
        // In this event the label is a string; in the answer for a text it is a number. Both were observed.
        ...verdictBody(verdict, true),
      })
      return { ...ok({ trace_id: traceId }), afterwards: () => push.start(traceId) }
    }),
  ]
}

/** A placeholder for the original id of the mini-program. No receiver uses it. */
const UNNAMED_APP = 'gh_000000000000'
