import type { UnitList } from '../../../server/contracts/unit.js'
import { call } from './client'

export const listUnits = () => call<UnitList>('GET', '/units')
