import { component, type ComponentInstance, type SelectorQuery } from 'glass-easel-miniprogram-adapter'
import { router } from '../router/router.js'

/** Queries without a component of their own look at the page shown. */
export const queries = {
  createSelectorQuery: (): SelectorQuery =>
    component.ComponentCaller.prototype.createSelectorQuery.call(router.top().instance),
  createIntersectionObserver: (within?: ComponentInstance, options?: unknown): unknown =>
    (within ?? router.top().instance).createIntersectionObserver(options),
}
