import { existsSync, readFileSync, rmSync } from 'node:fs'
import type { INestApplicationContext } from '@nestjs/common'
import { PaymentMilestones, type PaymentMilestone } from '../platform/payment/payment-milestones.js'

/**
 * Lets tests kill the built server at an exact moment: it dies at the next milestone that the file names, by SIGKILL,
 * so that it cannot finish anything. The file is gone then, or the next start would die there as well.
 */
export function installCrashPoint(app: INestApplicationContext, file: string): void {
  app.get(PaymentMilestones, { strict: false }).reached = (milestone: PaymentMilestone) => {
    if (!existsSync(file) || readFileSync(file, 'utf8').trim() !== milestone) return
    rmSync(file)
    process.kill(process.pid, 'SIGKILL')
  }
}
