import { Injectable, type OnModuleInit } from '@nestjs/common'
import { DiscoveryService, Reflector } from '@nestjs/core'
import { CONTRIBUTES_TO_HOME, type HomePart } from '../home-part/index.js'

/** What all features hand to home, found from `@ContributesToHome` when the application starts. */
@Injectable()
export class HomeParts implements OnModuleInit {
  private parts: HomePart[] = []

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    this.parts = this.discovery
      .getProviders()
      .filter(({ metatype }) => metatype && this.reflector.get<boolean>(CONTRIBUTES_TO_HOME, metatype))
      .map(({ instance }) => instance as HomePart)
    checkTaskKinds(this.parts)
  }

  /** Asks all parts at the same time. @returns the answers in the order of the modules */
  async ask<Answer>(question: (part: HomePart) => Promise<Answer> | undefined): Promise<Answer[]> {
    return Promise.all(this.parts.flatMap((part) => question(part) ?? []))
  }

  /** All parts, for questions that need no waiting. */
  all(): readonly HomePart[] {
    return this.parts
  }
}

/** @throws when a feature has tasks without a kind, or a kind that another one has: each hands over one kind at most */
function checkTaskKinds(parts: readonly HomePart[]): void {
  const taken = new Set<string>()
  for (const { taskKind } of parts.filter((part) => 'tasksFor' in part)) {
    if (taskKind === undefined) throw new Error('a feature has tasks and does not say of which kind')
    if (taken.has(taskKind)) throw new Error(`two features have tasks of the kind ${taskKind}`)
    taken.add(taskKind)
  }
}
