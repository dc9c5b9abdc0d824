import { MemberRecord } from '../../../server/modules/organization/members/member.entity.js'
import { AccountRecord } from '../../../server/platform/auth/account.entity.js'
import type { World } from '../../support/world.js'
import { PLANTED_IN_FILES } from '../routes/roster-imports.js'
import { encryptedColumns, type EncryptedColumn } from './encrypted-columns.js'
import type { Heard } from './every-call.js'

/** What must not leave, as it stands in the database. */
export interface PlantedSecrets {
  columns: EncryptedColumn[]
  /** What is nobody's to read in full: numbers, addresses, openids. */
  personal: string[]
  /** Fingerprints and ciphertexts: of no use to anybody outside the database. */
  internal: string[]
  names: string[]
}

/** People of uploaded files who are on no roster. */
export const NAMED_IN_FILES = ['钱伯安', '冯无号']

export async function plantedSecrets(world: World): Promise<PlantedSecrets> {
  const members = await world.database.repository(MemberRecord).find()
  const accounts = await world.database.repository(AccountRecord).find()
  const columns = await encryptedColumns(world)
  return {
    columns,
    personal: [
      ...columns.flatMap(({ clear }) => clear),
      ...accounts.map(({ openid }) => openid),
      ...PLANTED_IN_FILES,
    ],
    internal: columns.flatMap(({ sealed }) => sealed),
    names: [...new Set(members.map(({ name }) => name))],
  }
}

/** Numbers and addresses that are encrypted in the database. */
export async function plantedNumbers(world: World): Promise<string[]> {
  return [...(await encryptedColumns(world)).flatMap(({ clear }) => clear), ...PLANTED_IN_FILES]
}

export const found = (secrets: readonly string[], text: string): string[] =>
  secrets.filter((secret) => text.includes(secret))

/** Which secret was told to whom by which route. */
export const leaks = (secrets: readonly string[], among: readonly Heard[]): string[] =>
  among.flatMap(({ route, role, text }) =>
    found(secrets, text).map((secret) => `${route} as ${role}: ${secret}`),
  )
