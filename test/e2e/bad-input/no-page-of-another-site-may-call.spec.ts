import request from 'supertest'
import { openVillage, type Village } from '../../support/village.js'
import { PERMISSIONS } from '../access/permission-table.js'
import { refusalIn } from './refusal.js'

const ELSEWHERE = 'https://somewhere-else.example'

describe('no page of another site may call', () => {
  let village: Village
  beforeAll(async () => {
    village = await openVillage()
  })
  afterAll(() => village.world.close())

  const opened = (headers: object) =>
    Object.keys(headers).filter((name) => name.startsWith('access-control-'))

  it.each([...PERMISSIONS.keys()])('%s opens itself to nobody', async (route) => {
    const [method = '', pattern = ''] = route.split(' ')
    const path = pattern.replace(/\{\w+\}/, village.dongling.id)
    const preflight = await request(village.world.baseUrl).options(path).set({
      origin: ELSEWHERE,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type',
    })
    expect([404, 405]).toContain(refusalIn(preflight).status)
    expect(opened(preflight.headers)).toEqual([])
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'
    const answer = await request(village.world.baseUrl)[verb](path).set('origin', ELSEWHERE)
    expect(opened(answer.headers)).toEqual([])
  })

  it('what is answered to somebody signed in is not opened either, nor shown in a frame of another site', async () => {
    const chen = await village.as('chen')
    const answer = await chen.get('/me/bills').set('origin', ELSEWHERE).expect(200)
    expect(opened(answer.headers)).toEqual([])
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': expect.stringContaining("frame-ancestors 'self'"),
    })
  })
})
