import { Injectable } from '@nestjs/common'
import type { PaymentSubject } from './payment-subject.js'

/** Who is told when something is paid. */
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
