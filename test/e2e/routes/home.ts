import { alternately, choice } from './fields.js'
import { signedIn, type RouteDescription } from './route.js'

export const home: RouteDescription[] = [
  {
    route: 'GET /api/v1/me',
    permission: 'account.use',
    answers: signedIn(200),
    about: 'self',
    list: [''],
  },
  {
    route: 'PUT /api/v1/me/preferences',
    permission: 'account.use',
    answers: signedIn(200),
    about: 'self',
    body: { textSize: choice(alternately('large', 'standard')) },
    writes: ['account'],
    withoutEvent: 'it is the taste of one person',
  },
  {
    route: 'GET /api/v1/me/today',
    permission: 'account.use',
    answers: signedIn(200),
    about: 'self',
    list: [''],
  },
  {
    route: 'GET /api/v1/me/month',
    permission: 'account.use',
    answers: signedIn(200),
    about: 'self',
    list: 'figures only',
  },
  {
    route: 'GET /api/v1/me/branch',
    permission: 'branch.view',
    answers: { member: 200, secretary: 200 },
    about: 'scope',
    list: [''],
  },
]
