import { setTimeout as pause } from 'node:timers/promises'
import { Injectable } from '@nestjs/common'

/** Waits between attempts. A provider of its own, so that tests can replace it and need not wait. */
@Injectable()
export class Pauses {
  wait(ms: number): Promise<void> {
    return pause(ms)
  }
}
