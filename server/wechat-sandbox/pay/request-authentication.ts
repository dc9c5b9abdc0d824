import { verify } from 'node:crypto'
import type { SandboxRequest } from '../http/exchange.js'
import type { Clock } from '../state/clock.js'
import type { Merchant, MerchantRegistry } from '../state/merchant-registry.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { PayError } from './pay-error.js'

const SCHEME = 'WECHATPAY2-SHA256-RSA2048 '
const FIELDS = ['mchid', 'nonce_str', 'timestamp', 'serial_no', 'signature'] as const
const TOLERANCE_SECONDS = 300

type Authorization = Record<(typeof FIELDS)[number], string>

/**
 * Finds the merchant that signed a request and verifies the signature.
 *
 * @throws PayError 401 SIGN_ERROR.
 */
export function authenticate(request: SandboxRequest, merchants: MerchantRegistry, now: Clock): Merchant {
  const authorization = parseAuthorization(request.headers.authorization)
  const merchant = merchants.find(authorization.mchid)
  if (!merchant) throw signError('商户号不存在')
  if (authorization.serial_no.toUpperCase() !== merchant.certificateSerial) {
    throw signError('商户证书序列号有误。请使用签名私钥匹配的证书序列号')
  }
  const age = Math.abs(now() / 1000 - Number(authorization.timestamp))
  if (!(age <= TOLERANCE_SECONDS))
    throw signError('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟')
  const message = signedMessage(request, authorization)
  if (!verify('sha256', message, merchant.publicKey, Buffer.from(authorization.signature, 'base64'))) {
    throw mismatch(request, message)
  }
  return merchant
}

function parseAuthorization(header: string | undefined): Authorization {
  if (!header?.startsWith(SCHEME)) {
    throw signError('Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》')
  }
  const found = new Map<string, string>()
  for (const [, name, value] of header.slice(SCHEME.length).matchAll(/(\w+)="([^"]*)"/g)) {
    if (name && value) found.set(name, value)
  }
  const missing = FIELDS.find((name) => !found.has(name))
  if (missing) throw signError(`Http头Authorization缺少${missing}`)
  return Object.fromEntries(found) as Authorization
}

function signedMessage(request: SandboxRequest, { timestamp, nonce_str }: Authorization): Buffer {
  const head = `${request.method}\n${request.target}\n${timestamp}\n${nonce_str}\n`
  return Buffer.concat([Buffer.from(head), request.body, Buffer.from('\n')])
}

/** @throws PayError 400 when Accept or User-Agent is missing. */
export function checkRequiredHeaders({ headers }: SandboxRequest): void {
  const acceptsJson = /application\/json|\*\/\*/.test(headers.accept ?? '')
  if (!acceptsJson || !headers['user-agent']) throw PayError.of(UNDOCUMENTED.missingHeaders)
}

function signError(message: string): PayError {
  return new PayError(401, 'SIGN_ERROR', message)
}

/** Shows the caller the text it should have signed, as the platform does. */
function mismatch(request: SandboxRequest, message: Buffer): PayError {
  return new PayError(401, 'SIGN_ERROR', '签名错误，请检查后再试', {
    field: 'signature',
    issue: 'sign not match',
    location: 'authorization',
    sign_information: {
      method: request.method,
      url: request.target,
      truncated_sign_message: message.subarray(0, 200).toString('utf8'),
      sign_message_length: message.length,
    },
  })
}
