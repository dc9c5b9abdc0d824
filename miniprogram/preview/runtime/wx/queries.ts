import { component, type ComponentInstance, type SelectorQuery } from 'glass-easel-miniprogram-adapter'
import { router } from '../router/router.js'

/** Queries that name no component search the visible page. */
export const queries = {
  createSelectorQuery: (): SelectorQuery =>
    component.ComponentCaller.prototype.createSelectorQuery.call(router.top().instance),
  createIntersectionObserver: (within?: ComponentInstance, options?: unknown): unknown =>
    (within ?? router.top().instance).createIntersectionObserver(options),
}
