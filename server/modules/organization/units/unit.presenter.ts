import type { Unit } from '../../../contracts/organization/unit.js'
import type { UnitRecord } from './unit.entity.js'

export const presentUnit = (
  { id, kind, name, phone }: Omit<UnitRecord, 'createdAt'>,
  { parentId, memberCount }: Pick<Unit, 'parentId' | 'memberCount'>,
): Unit => ({ id, parentId, kind, name, phone, memberCount })
