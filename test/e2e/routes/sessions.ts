import { PRIVACY_STATEMENT } from '../../../server/modules/privacy-statement.js'
import { OPENIDS } from '../../support/village.js'
import { optional, spent, text, whole } from './fields.js'
import { anybody, signedIn, type RouteDescription } from './route.js'

export const sessions: RouteDescription[] = [
  { route: 'GET /api/v1/privacy-statement', answers: anybody(200), about: 'nobody' },
  {
    route: 'POST /api/v1/sessions',
    answers: anybody(201),
    about: 'stranger',
    body: {
      code: spent(text(({ counties }) => counties.village.world.wechat.control.loginCode(OPENIDS.stranger))),
      privacyVersion: whole(PRIVACY_STATEMENT.version),
      deviceName: optional(text('华为')),
    },
    writes: ['session', 'refresh_token'],
    writesSometimes: {
      account: 'the stranger has one already',
      consent: 'the stranger has agreed to this version already',
    },
    repeated: { instead: 'the code of WeChat is good once' },
  },
  {
    route: 'POST /api/v1/session-refreshes',
    answers: anybody(201),
    about: 'lyu',
    body: {
      refreshToken: spent(text(async ({ counties }) => (await counties.village.as('lyu')).refreshToken)),
    },
    writes: ['session', 'refresh_token'],
    withoutEvent: 'only the phone notices that its tokens are new',
    repeated: {
      instead: 'a spent token that comes again soon is answered once more, later it ends the session',
    },
  },
  {
    route: 'DELETE /api/v1/sessions/current',
    permission: 'account.use',
    answers: signedIn(204),
    about: 'self',
    writes: ['session'],
    withoutJson: true,
    ends: 'own session',
  },
  {
    route: 'DELETE /api/v1/me/consent',
    permission: 'account.use',
    answers: signedIn(204),
    about: 'self',
    // Roles end with the consent, and an office without a role is closed.
    writes: ['consent', 'session', 'binding', 'access_grant', 'office'],
    withoutJson: true,
    ends: 'all sessions',
  },
]
