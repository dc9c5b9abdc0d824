import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { Extension } from '../application.js'
import { demonstrationPeople } from '../seeds/demonstration-people.js'
import { rosterToImport } from './roster-to-import.js'
import type { WechatControl } from './wechat-control.js'

interface Asked {
  person?: unknown
  params?: unknown
}

/**
 * Serves the browser preview of the mini-program and stands in for WeChat. Sign-in, telephone number and payment belong
 * to the person chosen in the page. Any user of this machine can act as any person, so only the demonstration has this.
 */
export const previewHost = (control: WechatControl, previewDir: string): Extension => ({
  async install(app) {
    if (existsSync(previewDir)) {
      // One route per file, so that the API still answers unknown addresses with a problem.
      await app.register(fastifyStatic, { root: previewDir, wildcard: false, decorateReply: false })
    }
    const server = app.getHttpAdapter().getInstance()
    const openidOf = (person: unknown) => demonstrationPeople.find(({ id }) => id === person)?.openid
    const forward = (path: string, name: string) => {
      server.post<{ Body: Asked | null }>(`/preview-host/${path}`, async (request, reply) => {
        const openid = openidOf(request.body?.person)
        if (openid === undefined) return unknownPerson(reply)
        const params = request.body?.params
        const answer = await control.call(name, { openid, ...(params === undefined ? {} : { params }) })
        return reply.status(answer.status).send(answer.body)
      })
    }
    server.get('/preview-host/people', () =>
      demonstrationPeople.map(({ id, name, note }) => ({ id, name, note })),
    )
    server.get('/preview-host/files', () => [
      { name: '云溪县党员花名册.xlsx', url: '/preview-host/roster.xlsx' },
    ])
    server.get('/preview-host/roster.xlsx', async (_, reply) => {
      void reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      void reply.header('content-disposition', 'attachment; filename="roster.xlsx"')
      return reply.send(await rosterToImport())
    })
    forward('login-code', 'login-codes')
    forward('phone-code', 'phone-codes')
    forward('payment-sheet', 'payment-sheet')
    forward('payments', 'payments')
  },
})

const unknownPerson = (reply: FastifyReply) =>
  reply.status(404).send({ errMsg: '没有这个人，请从 /preview-host/people 里选一个' })
