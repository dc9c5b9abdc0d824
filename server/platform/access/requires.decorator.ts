import { applyDecorators, SetMetadata } from '@nestjs/common'
import { ApiBearerAuth } from '@nestjs/swagger'
import type { Permission } from './permissions.js'

export const REQUIRES = 'zhibu:requires'

/** Who may knock at this route at all; the service decides about the single row. */
export const Requires = (permission: Permission) =>
  applyDecorators(SetMetadata(REQUIRES, permission), ApiBearerAuth())
