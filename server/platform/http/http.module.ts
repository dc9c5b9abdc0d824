import { Global, Module } from '@nestjs/common'
import { SharedStore } from './limits/shared-store.js'
import { Metrics } from './metrics.js'

@Global()
@Module({ providers: [Metrics, SharedStore], exports: [Metrics, SharedStore] })
export class HttpModule {}
