import { Injectable } from '@nestjs/common'
import type { PaymentSubject } from './payment-subject.js'

/** The kinds of thing that can be paid for, by name. */
@Injectable()
export class PaymentSubjects {
  private readonly subjects = new Map<string, PaymentSubject>()

  register(name: string, subject: PaymentSubject): void {
    this.subjects.set(name, subject)
  }

  of(name: string): PaymentSubject {
    const subject = this.subjects.get(name)
    if (!subject) throw new Error(`nobody registered the payment subject "${name}"`)
    return subject
  }
}
