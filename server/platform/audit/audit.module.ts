import { Global, Module } from '@nestjs/common'
import { DiscoveryModule } from '@nestjs/core'
import { Audit } from './audit.js'
import { Listeners } from './listeners.js'
import { Relay } from './relay.js'

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Audit, Listeners, Relay],
  exports: [Audit, Relay],
})
export class AuditModule {}
