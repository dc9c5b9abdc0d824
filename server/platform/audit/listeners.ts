import { Injectable } from '@nestjs/common'
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core'
import type { EventRecord } from './event.entity.js'
import { LISTENS_TO } from './on.decorator.js'

export interface Listener {
  /** Class and method. */
  name: string
  /** Name of the events that it gets. */
  eventName: string
  handle: (events: EventRecord[]) => Promise<void>
}

/** The listeners of this version, found by their `@On`. */
@Injectable()
export class Listeners {
  private found: readonly Listener[] | undefined

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /**
   * Call it after every provider is made. @throws Error when two have one name, because they would share a position
   */
  all(): readonly Listener[] {
    this.found ??= this.discover()
    return this.found
  }

  private discover(): Listener[] {
    const found = new Map<string, Listener>()
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!instance || typeof metatype !== 'function') continue
      const provider = instance as Record<string, Listener['handle']>
      for (const method of this.scanner.getAllMethodNames(Object.getPrototypeOf(provider) as object)) {
        const handler = provider[method]
        if (typeof handler !== 'function') continue
        const eventName = this.reflector.get<string | undefined>(LISTENS_TO, handler)
        if (!eventName) continue
        const name = `${metatype.name}.${method}`
        if (found.has(name)) throw new Error(`two listeners are called ${name}`)
        found.set(name, { name, eventName, handle: (events) => handler.call(provider, events) })
      }
    }
    return [...found.values()]
  }
}
