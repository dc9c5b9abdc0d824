import { jsonAnswer, type Handled, type SandboxAnswer, type SandboxRequest } from '../http/exchange.js'
import { matchRoute, type Route } from '../http/routes.js'
import type { Faults } from '../control/faults.js'
import { randomHex } from '../state/random-text.js'
import type { StateFile } from '../state/state-file.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { WeixinApiError } from './api-error.js'
import type { WeixinAnswer, WeixinHandler } from './weixin-call.js'

/** Stands in for api.weixin.qq.com. An error is an errcode in the body of an HTTP 200. */
export class WeixinApi {
  constructor(
    private readonly routes: readonly Route<WeixinHandler>[],
    private readonly faults: Faults,
    private readonly stateFile: StateFile,
  ) {}

  async handle(request: SandboxRequest): Promise<Handled> {
    if (this.faults.take('down')) return { outcome: 'connection-lost' }
    try {
      const { body, contentType, afterwards } = this.dispatch(request)
      await this.stateFile.commit()
      afterwards?.()
      const answer: SandboxAnswer = Buffer.isBuffer(body)
        ? { status: 200, headers: {}, body }
        : jsonAnswer(200, body)
      if (contentType) answer.headers['Content-Type'] = contentType
      return { outcome: answer }
    } catch (error) {
      if (!(error instanceof WeixinApiError)) throw error
      const errmsg = `${error.errmsg}, rid: ${randomHex(8)}-${randomHex(8)}-${randomHex(8)}`
      return { outcome: jsonAnswer(200, { errcode: error.errcode, errmsg }), code: String(error.errcode) }
    }
  }

  private dispatch(request: SandboxRequest): WeixinAnswer {
    const fault = this.faults.takeAt('api-error', request.path)
    if (fault) throw new WeixinApiError(fault.errcode, fault.errmsg)
    const match = matchRoute(this.routes, request.method, request.path)
    if (!match) throw new WeixinApiError(UNDOCUMENTED.errcode.unknownPath, 'invalid url')
    return match.route.handle(request)
  }
}
