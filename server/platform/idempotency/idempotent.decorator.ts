import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common'
import { ApiHeader } from '@nestjs/swagger'
import { IdempotencyInterceptor } from './idempotency.interceptor.js'
import { KEY_HEADER } from './idempotency.rules.js'

export const IDEMPOTENT = 'zhibu:idempotent'

/**
 * The command accepts an `Idempotency-Key`. Sent again with the same content, it does not run again and returns the
 * same answer; with other content it is refused. All its changes must be made inside `Database.transaction`.
 */
export const Idempotent = () =>
  applyDecorators(
    SetMetadata(IDEMPOTENT, true),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: KEY_HEADER,
      required: false,
      description: '8 到 64 个字母、数字、横线或下划线。没有收到答复而重试时不变，就不会办两次',
    }),
  )
