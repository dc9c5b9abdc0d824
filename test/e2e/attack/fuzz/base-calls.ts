import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from '../../../../server/platform/database/ids.js'
import { OPENIDS } from '../../../support/village.js'
import { Caller } from '../../../support/world.js'
import { callerOf, CAST, ROUTE_CALLS } from '../../access/route-calls.js'
import type { Role, TwoCounties } from '../../access/two-counties.js'
import { takeApart, type BaseCall } from './base-call.js'
import type { DescribedRoute } from './described-route.js'
import { send, type WireCall } from './wire-call.js'

/**
 * Valid calls of every route by every role, overheard: the calls that the permission table is tested with are made
 * to a listener, which passes on whatever prepares the call and keeps the call itself.
 */
export class BaseCalls {
  private waitingFor: RegExp | undefined
  private overheard: WireCall | undefined

  private constructor(
    private readonly counties: TwoCounties,
    private readonly listener: Server,
    private readonly address: string,
  ) {}

  static async open(counties: TwoCounties): Promise<BaseCalls> {
    const listener = createServer()
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const { port } = listener.address() as AddressInfo
    const calls = new BaseCalls(counties, listener, `http://127.0.0.1:${port}`)
    listener.on('request', (request, response) => {
      void calls.hear(request).then(({ status, text }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(text)
      })
    })
    return calls
  }

  close(): void {
    this.listener.closeAllConnections()
    this.listener.close()
  }

  /** A call that would be accepted if the role may make it; each is good for one acceptance. */
  async next(route: DescribedRoute, role: Role): Promise<BaseCall> {
    const call = ROUTE_CALLS[route.name]
    if (!call) throw new Error(`nobody wrote down how ${route.name} is called`)
    if (ENDS_SESSION.includes(route.name)) return takeApart(await this.goodbye(route, role))
    const { token } = callerOf(this.counties, role)
    this.overheard = undefined
    this.waitingFor = new RegExp(`^${route.method} ${route.path.replace(/\{\w+\}/g, '[^/?]+')}(\\?.*)?$`)
    await call({ counties: this.counties, role, side: 'inside', caller: new Caller(this.address, token) })
    this.waitingFor = undefined
    return takeApart(
      this.overheard ?? { method: route.method, target: route.path, headers: authorized(token) },
    )
  }

  /** Made by somebody who is not needed any more. */
  private async goodbye({ method, path }: DescribedRoute, role: Role): Promise<WireCall> {
    const { world } = this.counties.village
    if (role === 'nobody') return { method, target: path, headers: authorized('') }
    const isForAll = ENDS_ALL_SESSIONS.includes(`${method} ${path}`)
    const openid = isForAll ? `o-${newId()}` : OPENIDS[CAST[role]]
    if (isForAll) await world.person(openid)
    return { method, target: path, headers: authorized((await world.signIn(openid)).token) }
  }

  private async hear(request: IncomingMessage): Promise<{ status: number; text: string }> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = request
    const call: WireCall = {
      method,
      target: url,
      headers: headers as Record<string, string>,
      body: Buffer.concat(chunks),
    }
    if (this.waitingFor?.test(`${method} ${url}`)) {
      this.overheard = call
      return { status: 200, text: '{}' }
    }
    return send(this.counties.village.world.baseUrl, call)
  }
}

/** Calls after which all sessions of the account, or all but one, are over. */
export const ENDS_ALL_SESSIONS: readonly string[] = ['DELETE /api/v1/me/devices', 'DELETE /api/v1/me/consent']
/** Calls after which the caller cannot make another. */
const ENDS_SESSION: readonly string[] = ['DELETE /api/v1/sessions/current', ...ENDS_ALL_SESSIONS]

const authorized = (token: string) => ({ authorization: `Bearer ${token}` })
