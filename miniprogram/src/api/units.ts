import type { UnitList } from '../../../server/contracts/organization/unit.js'
import { call } from './client'

export const listUnits = () => call<UnitList>('GET', '/units')
