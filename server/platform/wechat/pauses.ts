import { setTimeout as pause } from 'node:timers/promises'
import { Injectable } from '@nestjs/common'

/** Waiting, apart from the clock, so that tests do not have to wait. */
@Injectable()
export class Pauses {
  wait(ms: number): Promise<void> {
    return pause(ms)
  }
}
