import { newId } from '../../../server/platform/database/ids.js'
import type { Caller } from '../../support/world.js'
import { signedIn, type RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'
import { CAST } from './stage/two-counties.js'

export const devices: RouteDescription[] = [
  {
    route: 'GET /api/v1/me/devices',
    permission: 'account.use',
    answers: signedIn(200),
    about: 'self',
    list: [''],
  },
  {
    route: 'DELETE /api/v1/me/devices/{id}',
    permission: 'account.use',
    answers: signedIn('204/404'),
    about: 'self',
    path: { id: device },
    writes: ['session'],
    withoutJson: true,
  },
  {
    route: 'DELETE /api/v1/me/devices',
    permission: 'account.use',
    answers: signedIn(204),
    about: 'self',
    writes: ['session'],
    withoutJson: true,
    ends: 'other sessions',
  },
]

/** Another phone of the caller, one of somebody else, or none. */
async function device({ counties, role, side, kept }: Scene): Promise<string> {
  if (side === 'nowhere') return newId()
  const owner = side === 'inside' && role !== 'nobody' ? CAST[role] : 'lyu'
  return kept(`another phone of ${owner}`, async () => sessionOf(await counties.village.as(owner)))
}

/** The id in an access token. */
function sessionOf({ token }: Caller): string {
  const content = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  return (JSON.parse(content) as { sid: string }).sid
}
