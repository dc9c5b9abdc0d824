import { applyDecorators, SetMetadata } from '@nestjs/common'
import { ApiBearerAuth } from '@nestjs/swagger'
import type { Permission } from './permissions.js'

export const REQUIRES = 'zhibu:requires'

/** The permission that a caller of this route needs in some unit. The service decides about the single row. */
export const Requires = (permission: Permission) =>
  applyDecorators(SetMetadata(REQUIRES, permission), ApiBearerAuth())
