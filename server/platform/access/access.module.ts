import { Global, Module, type DynamicModule } from '@nestjs/common'
import { Access } from './access.js'
import { ConcernedPersons } from './concerned-persons.js'
import { GrantQueries } from './grant.queries.js'
import { Grants } from './grants.js'
import { PermissionTable } from './permission-table.js'

@Global()
@Module({})
export class AccessModule {
  static forRoot(permissions: PermissionTable): DynamicModule {
    return {
      module: AccessModule,
      providers: [
        Access,
        Grants,
        GrantQueries,
        ConcernedPersons,
        { provide: PermissionTable, useValue: permissions },
      ],
      exports: [Access, Grants, GrantQueries, ConcernedPersons],
    }
  }
}
