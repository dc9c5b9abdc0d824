import { component, type ComponentInstance, type EasyElement } from 'glass-easel-miniprogram-adapter'
import { PageIntersectionObserver } from './intersection-observer.js'
import { prefersReducedMotion } from './motion.js'
import { rootOf } from './nodes.js'
import { withPageScroll } from './selector-query.js'

/** Information about the current page, which the router provides to components. */
export interface PageLookup {
  tabBarOf(root: EasyElement): ComponentInstance | null
  pageIdOf(root: EasyElement): string
}

/** Adds the methods of WeChat that the adapter lacks to every page and component. */
export function installInstanceMethods(pages: PageLookup): void {
  const { prototype } = component.ComponentCaller
  const { triggerEvent, createSelectorQuery } = prototype
  const added = {
    getTabBar(this: ComponentInstance) {
      return pages.tabBarOf(rootOf(this._$))
    },
    getPageId(this: ComponentInstance) {
      return pages.pageIdOf(rootOf(this._$))
    },
    createIntersectionObserver(
      this: ComponentInstance,
      options?: ConstructorParameters<typeof PageIntersectionObserver>[1],
    ) {
      return new PageIntersectionObserver(this, options)
    },
    createSelectorQuery(this: ComponentInstance) {
      return withPageScroll(createSelectorQuery.call(this))
    },
    triggerEvent(this: ComponentInstance, ...[name, detail, options]: Parameters<typeof triggerEvent>) {
      triggerEvent.call(this, name, detail, options ?? {})
    },
    animate(
      this: ComponentInstance,
      selector: string,
      frames: Keyframe[],
      duration: number,
      done?: () => void,
    ) {
      const element = this._$.getShadowRoot()?.querySelector(selector)?.$$
      const animation = element?.animate(frames, {
        duration: prefersReducedMotion() ? 0 : duration,
        fill: 'forwards',
      })
      animation?.finished.then(
        () => done?.(),
        () => undefined,
      )
    },
    clearAnimation(this: ComponentInstance, selector: string, ...rest: unknown[]) {
      const element = this._$.getShadowRoot()?.querySelector(selector)?.$$
      for (const animation of element?.getAnimations() ?? []) animation.cancel()
      const done = rest.at(-1)
      if (typeof done === 'function') (done as () => void)()
    },
  }
  Object.assign(prototype, added)
}
