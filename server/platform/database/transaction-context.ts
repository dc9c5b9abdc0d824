import type { DynamicModule, ForwardReference, Provider, Type } from '@nestjs/common'
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core'
import { ClsPluginTransactional } from '@nestjs-cls/transactional'
import { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm'
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm'
import { ClsModule } from 'nestjs-cls'

type Import = NonNullable<DynamicModule['imports']>[number]

/** Keeps the open transaction in an async context. A context starts with each transaction, not each request. */
export function transactionContext(): DynamicModule {
  return withoutEnhancers(
    ClsModule.forRoot({
      global: true,
      // A middleware for every request would cost a third of the throughput.
      middleware: { mount: false },
      plugins: [
        new ClsPluginTransactional({
          imports: [TypeOrmModule],
          adapter: new TransactionalAdapterTypeOrm({
            dataSourceToken: getDataSourceToken(),
          }),
        }),
      ],
    }),
  )
}

/**
 * The library registers a guard and an interceptor even when neither is mounted. Both do nothing, but because of the
 * interceptor Nest runs every request through rxjs and creates an async resource for it.
 */
function withoutEnhancers(module: DynamicModule): DynamicModule {
  return {
    ...module,
    ...(module.imports ? { imports: module.imports.map(importWithoutEnhancers) } : {}),
    ...(module.providers ? { providers: module.providers.filter((provider) => !isEnhancer(provider)) } : {}),
  }
}

function importWithoutEnhancers(imported: Import): Import {
  return isDynamic(imported) ? withoutEnhancers(imported) : imported
}

const isDynamic = (imported: Import): imported is DynamicModule =>
  'module' in (imported as Type | DynamicModule | ForwardReference)

const isEnhancer = (provider: Provider): boolean =>
  'provide' in provider && (provider.provide === APP_GUARD || provider.provide === APP_INTERCEPTOR)
