import type { SandboxAnswer } from '../http/exchange.js'

const REASONS: Record<number, string> = {
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
}

/** The answer of a gateway when the service behind it does not respond: an HTML page without a signature. */
export function gatewayAnswer(status: number, retryAfterSeconds: number | undefined): SandboxAnswer {
  const title = `${status} ${REASONS[status] ?? 'Internal Server Error'}`
  const page = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ]
  const headers: Record<string, string> = { 'Content-Type': 'text/html' }
  if (retryAfterSeconds !== undefined) headers['Retry-After'] = String(retryAfterSeconds)
  return { status, headers, body: Buffer.from(page.join('\r\n')) }
}
