import { AccountPin } from '../../../server/platform/pin/account-pin.entity.js'
import { Grant } from '../../../server/platform/access/grant.entity.js'
import { kindOf, optional } from './fields.js'
import { grant } from './roles.js'
import { signedIn, type RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'
import { PIN } from './stage/with-pin.js'

const pin = kindOf([428193, '', '42819', '4281930', 'abcdef', '４２８１９３', ['428193'], {}])

/** A role of somebody who has a PIN. */
const ofSomebodyWithPin = async (scene: Scene): Promise<string> => {
  const id = await grant(scene)
  const { database } = scene.counties.village.world
  const row = await database.repository(Grant).findOneBy({ id })
  if (row) {
    const { accountId } = row
    const pins = database.repository(AccountPin)
    await pins.delete({ accountId })
    await pins.insert({
      accountId,
      hash: 'none',
      setAt: new Date(),
      tries: 0,
      windowStartedAt: null,
      lockedUntil: null,
    })
  }
  return id
}

export const pins: RouteDescription[] = [
  {
    route: 'GET /api/v1/me/pin',
    permission: 'account.use',
    answers: signedIn(200),
    about: 'self',
    list: 'figures only',
  },
  {
    route: 'PUT /api/v1/me/pin',
    permission: 'account.use',
    answers: { account: 409, member: 409, secretary: 200, officer: 200, administrator: 200, superior: 200 },
    about: 'self',
    // Where none is set yet, the old one is not looked at.
    body: { pin: pin(PIN), oldPin: optional(pin(PIN)) },
    writes: ['account_pin'],
  },
  {
    route: 'POST /api/v1/roles/{id}/pin-clearing',
    permission: 'role.manage',
    answers: { administrator: '204/404' },
    about: 'scope',
    path: { id: ofSomebodyWithPin },
    asOneself: {
      path: {
        id: async ({ counties }, { accountId }) =>
          (await counties.village.world.database.repository(Grant).findOneByOrFail({ accountId })).id,
      },
    },
    writes: ['account_pin'],
    withoutJson: true,
    repeated: { instead: 'the second time there is nothing to clear' },
  },
]
