import { Global, Module, type DynamicModule } from '@nestjs/common'
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm'
import { ClsPluginTransactional } from '@nestjs-cls/transactional'
import { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm'
import { ClsModule } from 'nestjs-cls'
import type { DataSource } from 'typeorm'
import { dataSourceOptions, openDataSource, type DatabaseSettings, type Schema } from './data-source.js'
import { Database, transactionDefaults } from './database.js'

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
        ClsModule.forRoot({
          global: true,
          // A context opens with each transaction; a middleware for every request would cost a third of the throughput.
          middleware: { mount: false },
          plugins: [
            new ClsPluginTransactional({
              imports: [TypeOrmModule],
              adapter: new TransactionalAdapterTypeOrm({
                dataSourceToken: getDataSourceToken(),
                defaultTxOptions: transactionDefaults,
              }),
            }),
          ],
        }),
      ],
      providers: [Database],
      exports: [Database],
    }
  }
}
