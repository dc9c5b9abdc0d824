import { Injectable } from '@nestjs/common'
import { dayIn, monthIn } from './business-time.js'

/** The only source of the current time, so that tests can replace it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date()
  }

  /** Today in Asia/Shanghai, `YYYY-MM-DD`. */
  today(): string {
    return dayIn(this.now())
  }

  /** This month in Asia/Shanghai, `YYYY-MM`. */
  month(): string {
    return monthIn(this.now())
  }
}
