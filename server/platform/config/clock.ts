import { Injectable } from '@nestjs/common'
import { dayIn, monthIn } from './business-time.js'

/** The one source of the time, so that tests can turn it. */
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
