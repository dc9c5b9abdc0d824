import type { DuesPolicy } from '../../../contracts/organization/dues-policy.js'
import type { DuesPolicyRecord } from './dues-policy.entity.js'

export const presentDuesPolicy = ({ unitId, farmerFen, rounding }: DuesPolicyRecord): DuesPolicy => ({
  unitId,
  farmerFen,
  rounding,
})
