import { AccountRecord } from '../../../server/platform/auth/account.entity.js'
import type { Role } from '../../../server/platform/access/permissions.js'
import { UnitRecord } from '../../../server/modules/organization/units/unit.entity.js'
import { DEMONSTRATION_PEOPLE } from '../../../server/seeds/demonstration-people.js'
import type { Demonstration, DemonstrationPersonId, Phone } from '../../support/demonstration.js'

export const PIN = '428193'

/** Gives a role over the county to somebody of the demonstration, and the PIN that everybody has here. */
export async function entrust(
  { world }: Demonstration,
  person: DemonstrationPersonId,
  ...roles: Role[]
): Promise<void> {
  const { openid } = DEMONSTRATION_PEOPLE[person]
  const { id } = await world.database.repository(AccountRecord).findOneByOrFail({ openid })
  const committee = await world.database.repository(UnitRecord).findOneByOrFail({ kind: 'committee' })
  for (const role of roles) await world.county.grant(id, role, committee)
  const caller = await world.signIn(openid)
  await caller.put('/me/pin', { pin: PIN }).expect(200)
}

/** Types the PIN into the sheet and sends it. */
export async function sendPin(p: Phone, action: string): Promise<void> {
  await p.hand.type(p.page.getByPlaceholder('六位数字'), PIN)
  await p.hand.tap(p.page.locator('.sheet').getByText(action, { exact: true }))
}

/** Opens what waits for the reader's decision, from the home page. */
export async function openDecisions(p: Phone): Promise<void> {
  await p.hand.tap('管理')
  const waiting = p.page.locator('.card').filter({ hasText: /项申请等您决定/ })
  await p.hand.tap(waiting.getByRole('button'))
}

/** Turns the wheel of a picker to a word. */
export async function pick(p: Phone, cell: string, word: string): Promise<void> {
  await p.hand.tap(cell)
  await p.hand.tap(p.page.locator('.preview-wheel').getByText(word, { exact: true }))
  await p.hand.tap('确定')
}
