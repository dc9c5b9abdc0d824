import { Global, Module } from '@nestjs/common'
import { DiscoveryModule } from '@nestjs/core'
import { Audit } from './audit.js'
import { Listeners } from './listeners.js'
import { OutboxRelay } from './outbox-relay.js'

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Audit, Listeners, OutboxRelay],
  exports: [Audit, OutboxRelay],
})
export class AuditModule {}
