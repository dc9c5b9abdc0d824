import { jsonAnswer } from '../http/exchange.js'
import { isJsonObject, type JsonObject } from '../http/json.js'
import type { Route } from '../http/routes.js'
import type { SubMerchant } from '../state/sandbox-state.js'
import { postRoute, type ControlHandler } from './control-call.js'
import { ControlError } from './control-error.js'
import { oneOf, optionalInteger, optionalText, requiredText } from './control-input.js'
import type { PlatformControl } from './platform-control.js'

const KINDS = ['public-key', 'certificate'] as const
const MODES = [...KINDS, 'both'] as const
const MAX_WAIT_MS = 30 * 86_400_000

/** Control routes for merchants and WeChat's keys. See control-routes.ts. */
export function platformRoutes(platform: PlatformControl): Route<ControlHandler>[] {
  return [
    postRoute('merchants', async (body) => {
      const mode = body['verification']
      const verification = mode === undefined ? undefined : oneOf('verification', MODES, mode)
      const publicKeyPercent = optionalInteger(body, 'publicKeyPercent', 0, 100)
      const change = { verification, publicKeyPercent, subMerchants: subMerchantsOf(body) }
      return jsonAnswer(201, { ...(await platform.registerMerchant(requiredText(body, 'mchid'), change)) })
    }),
    {
      method: 'GET',
      pattern: '/_control/platform-keys',
      handle: () => jsonAnswer(200, { keys: platform.keys() }),
    },
    postRoute('platform-keys', async (body) => {
      const kind = oneOf('kind', KINDS, body['kind'])
      const signsInMs = optionalInteger(body, 'signsInMs', 0, MAX_WAIT_MS)
      return jsonAnswer(201, { ...(await platform.issueKey(kind, signsInMs)) })
    }),
    {
      method: 'POST',
      pattern: '/_control/platform-keys/:serial/signing',
      handle: async ({ params, body }) => {
        const inMs = optionalInteger(body, 'inMs', 0, MAX_WAIT_MS)
        return jsonAnswer(200, { ...(await platform.use(params['serial'] ?? '', inMs)) })
      },
    },
    {
      method: 'DELETE',
      pattern: '/_control/platform-keys/:serial',
      handle: async ({ params }) => {
        await platform.retire(params['serial'] ?? '')
        return jsonAnswer(200, {})
      },
    },
  ]
}

function subMerchantsOf(body: JsonObject): SubMerchant[] | undefined {
  const list = body['subMerchants']
  if (list === undefined) return undefined
  if (!Array.isArray(list) || !list.every(isJsonObject))
    throw new ControlError(400, 'subMerchants must be a list of { mchid, appid? }')
  return list.map((each) => {
    const appid = optionalText(each, 'appid')
    return { mchid: requiredText(each, 'mchid'), ...(appid === undefined ? {} : { appid }) }
  })
}
