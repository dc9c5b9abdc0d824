import { Module, type DynamicModule } from '@nestjs/common'
import { HomeModule } from './modules/home/index.js'
import { BindingsModule, OrganizationModule } from './modules/organization/index.js'
import { PRIVACY_STATEMENT } from './modules/privacy-statement.js'
import { permissions } from './permissions.js'
import { AccessModule } from './platform/access/access.module.js'
import { ApprovalModule } from './platform/approval/approval.module.js'
import { AuditModule } from './platform/audit/audit.module.js'
import { AuthModule } from './platform/auth/auth.module.js'
import type { Config } from './platform/config/config.js'
import { ConfigModule } from './platform/config/config.module.js'
import type { KeyRing } from './platform/crypto/field-keys.js'
import { DatabaseModule } from './platform/database/database.module.js'
import { HealthModule } from './platform/health/health.module.js'
import { HttpModule } from './platform/http/http.module.js'
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js'
import { JobsModule } from './platform/jobs/jobs.module.js'
import { PeriodsModule } from './platform/periods/periods.module.js'
import { PinModule } from './platform/pin/pin.module.js'
import { PaymentModule } from './platform/payment/payment.module.js'
import { WechatModule } from './platform/wechat/wechat.module.js'
import { schema } from './schema.js'

@Module({})
export class AppModule {
  static forRoot(config: Config, keys: KeyRing): DynamicModule {
    const database = { url: config.databaseUrl, dataDir: config.dataDir, poolSize: config.databasePoolSize }
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(database, schema),
        HttpModule,
        JobsModule,
        PeriodsModule,
        AuditModule,
        WechatModule,
        IdempotencyModule,
        AccessModule.forRoot(permissions),
        AuthModule.forRoot({
          tokenSecret: keys.token,
          privacyStatement: PRIVACY_STATEMENT,
          memberships: BindingsModule,
        }),
        PinModule,
        ApprovalModule.forRoot({ people: BindingsModule }),
        PaymentModule,
        HealthModule,
        OrganizationModule,
        HomeModule,
      ],
    }
  }
}
