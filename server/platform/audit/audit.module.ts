import { Global, Module } from '@nestjs/common'
import { DiscoveryModule } from '@nestjs/core'
import { Audit } from './audit.js'
import { EventRetries } from './event-retries.js'
import { EventStreams } from './event-streams.js'
import { ListenerProgress } from './listener-progress.js'
import { Listeners } from './listeners.js'
import { OutboxRelay } from './outbox-relay.js'

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Audit, EventRetries, EventStreams, ListenerProgress, Listeners, OutboxRelay],
  exports: [Audit, OutboxRelay],
})
export class AuditModule {}
