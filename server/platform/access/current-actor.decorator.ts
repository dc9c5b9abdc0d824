import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { Actor } from './actor.js'

/** The signed-in actor as an argument of the route. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor =>
    context.switchToHttp().getRequest<{ actor: Actor }>().actor,
)
