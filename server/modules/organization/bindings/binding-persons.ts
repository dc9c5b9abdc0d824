import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Persons } from '../members/index.js'
import { BindingQueries } from './bindings.queries.js'

/** Tells the rooms below who the account is that read, recorded or decided something. */
@Injectable()
export class BindingPersons implements OnModuleInit {
  constructor(
    private readonly persons: Persons,
    private readonly queries: BindingQueries,
  ) {}

  onModuleInit(): void {
    this.persons.register(
      (accountIds) => this.queries.membersOf(accountIds),
      (memberId) => this.queries.accountOf(memberId),
    )
  }
}
