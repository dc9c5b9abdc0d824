import { Injectable, type OnModuleInit } from '@nestjs/common'
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core'
import type { EventRecord } from './event.entity.js'
import { LISTENS_TO } from './on.decorator.js'

type Handle = (event: EventRecord) => Promise<void>

/** Who listens to what, found from `@On` when the application starts. */
@Injectable()
export class Listeners implements OnModuleInit {
  private readonly handlers = new Map<string, Handle>()
  private readonly byEvent = new Map<string, string[]>()

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!instance || typeof metatype !== 'function') continue
      const provider = instance as Record<string, Handle>
      for (const method of this.scanner.getAllMethodNames(Object.getPrototypeOf(provider) as object)) {
        const handler = provider[method]
        if (typeof handler !== 'function') continue
        const eventName = this.reflector.get<string | undefined>(LISTENS_TO, handler)
        if (!eventName) continue
        const name = `${metatype.name}.${method}`
        this.handlers.set(name, (event) => handler.call(provider, event))
        this.byEvent.set(eventName, [...(this.byEvent.get(eventName) ?? []), name])
      }
    }
  }

  namesFor(eventName: string): string[] {
    return this.byEvent.get(eventName) ?? []
  }

  /** Every listener of this version. */
  names(): string[] {
    return [...this.handlers.keys()]
  }

  /** The handler of that name, or undefined when a later version no longer has it. */
  handler(name: string): Handle | undefined {
    return this.handlers.get(name)
  }
}
