import { applyDecorators, SetMetadata, UseGuards, type CanActivate, type Type } from '@nestjs/common'
import { ApiHeader } from '@nestjs/swagger'
import { PIN_HEADER, PinGuard } from './pin.guard.js'

export const ASKS_PIN = 'zhibu:asks-pin'

/**
 * The route asks for the PIN of its caller in the header `x-zhibu-pin`. It is checked before the command and its
 * `Idempotency-Key`, so a refusal is not kept.
 * @param guard for a route that asks only sometimes: it decides, and checks with `Pins`
 */
export const AsksPin = (guard: Type<CanActivate> = PinGuard) =>
  applyDecorators(
    SetMetadata(ASKS_PIN, true),
    UseGuards(guard),
    ApiHeader({ name: PIN_HEADER, required: false, description: '六位数字的操作密码' }),
  )
