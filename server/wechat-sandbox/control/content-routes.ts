import { jsonAnswer } from '../http/exchange.js'
import type { JsonObject } from '../http/json.js'
import type { Route } from '../http/routes.js'
import type { MessagePushSettings } from '../state/sandbox-state.js'
import type { ContentControl } from './content-control.js'
import { postRoute, type ControlHandler } from './control-call.js'
import { ControlError } from './control-error.js'
import { oneOf, optionalInteger, optionalText, requiredText } from './control-input.js'

const SUGGESTIONS = ['risky', 'review', 'pass'] as const
const PUSH_MODES = ['safe', 'compatible', 'plain'] as const
/** "Other", the last entry of WeChat's label table. */
const USUAL_LABEL = 21000
const MAX_LABEL = 99_999

/** Control routes for subscribe messages, content checks, message push and pages. See control-routes.ts. */
export function contentRoutes(content: ContentControl): Route<ControlHandler>[] {
  return [
    postRoute('subscribe-templates', async (body) => {
      const fields = texts(body, 'fields') ?? []
      const templateId = await content.addTemplate(fields, optionalText(body, 'templateId'))
      return jsonAnswer(201, { templateId })
    }),
    postRoute('subscriptions', async (body) => {
      const accepts = optionalInteger(body, 'accepts', 0, 1000)
      const quota = await content.subscribe(
        requiredText(body, 'openid'),
        requiredText(body, 'templateId'),
        accepts,
      )
      return jsonAnswer(201, { quota })
    }),
    {
      method: 'GET',
      pattern: '/_control/people/:openid/messages',
      handle: ({ params }) => jsonAnswer(200, { messages: content.messages(params['openid'] ?? '') }),
    },
    postRoute('planted-words', async (body) => {
      const suggest = oneOf('suggest', SUGGESTIONS, body['suggest'] ?? 'risky')
      const label = optionalInteger(body, 'label', 100, MAX_LABEL) ?? USUAL_LABEL
      await content.plantWord(requiredText(body, 'word'), { suggest, label })
      return jsonAnswer(201, {})
    }),
    postRoute('pages', async (body) => {
      await content.publishPages(texts(body, 'pages'))
      return jsonAnswer(201, {})
    }),
    postRoute('message-push', async (body) => {
      await content.configurePush(pushSettings(body))
      return jsonAnswer(201, {})
    }),
    {
      method: 'GET',
      pattern: '/_control/events/:traceId',
      handle: ({ params }) => {
        const { state, attempts, message } = content.event(params['traceId'] ?? '')
        return jsonAnswer(200, { state, attempts, message })
      },
    },
    {
      method: 'POST',
      pattern: '/_control/events/:traceId/delivery',
      handle: async ({ params }) =>
        jsonAnswer(200, { status: await content.redeliver(params['traceId'] ?? '') }),
    },
  ]
}

function pushSettings(body: JsonObject): MessagePushSettings {
  const url = requiredText(body, 'url')
  if (!URL.canParse(url)) throw new ControlError(400, 'url must be an address')
  const encodingAesKey = requiredText(body, 'encodingAesKey')
  if (!/^[0-9A-Za-z]{43}$/.test(encodingAesKey))
    throw new ControlError(400, 'encodingAesKey has 43 letters and digits')
  const token = requiredText(body, 'token')
  return { url, token, encodingAesKey, mode: oneOf('mode', PUSH_MODES, body['mode'] ?? 'safe') }
}

function texts(body: JsonObject, field: string): string[] | undefined {
  const list = body[field]
  if (list === undefined || list === null) return undefined
  if (!Array.isArray(list) || !list.every((each) => typeof each === 'string'))
    throw new ControlError(400, `${field} must be a list of texts`)
  return list
}
