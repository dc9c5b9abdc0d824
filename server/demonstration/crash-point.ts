import { existsSync, readFileSync, rmSync } from 'node:fs'
import type { INestApplicationContext } from '@nestjs/common'
import { PaymentMilestones, type PaymentMilestone } from '../platform/payment/payment-milestones.js'

/**
 * Lets tests kill the built server at an exact moment. When the server reaches the milestone that the file names, it
 * kills itself with SIGKILL, so that it cannot finish anything. It removes the file first, because otherwise the next
 * start would end at the same milestone.
 */
export function installCrashPoint(app: INestApplicationContext, file: string): void {
  app.get(PaymentMilestones, { strict: false }).reached = (milestone: PaymentMilestone) => {
    if (!existsSync(file) || readFileSync(file, 'utf8').trim() !== milestone) return
    rmSync(file)
    process.kill(process.pid, 'SIGKILL')
  }
}
