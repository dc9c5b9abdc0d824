import { Global, Module, type DynamicModule } from '@nestjs/common'
import { TypeOrmModule } from '@nestjs/typeorm'
import type { DataSource } from 'typeorm'
import { dataSourceOptions, openDataSource, type DatabaseSettings, type Schema } from './data-source.js'
import { Database } from './database.js'
import { transactionContext } from './transaction-context.js'

@Global()
@Module({})
export class DatabaseModule {
  static forRoot(settings: DatabaseSettings, schema: Schema): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSourceOptions(settings, schema), retryAttempts: 0 }),
          dataSourceFactory: (): Promise<DataSource> => openDataSource(settings, schema),
        }),
        transactionContext(),
      ],
      providers: [Database],
      exports: [Database],
    }
  }
}
