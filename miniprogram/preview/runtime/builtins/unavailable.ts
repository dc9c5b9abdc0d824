import type { ComponentInstance } from 'glass-easel-miniprogram-adapter'
import { UNSUPPORTED_TAGS } from '../../shared/built-in-tags.js'
import { space } from '../engine/code-space.js'
import { refuse } from '../engine/failures.js'

/** npm components may contain components that the preview lacks. They are refused only when they are drawn. */
export function defineUnavailable(): void {
  for (const tag of UNSUPPORTED_TAGS) {
    const registered = space
      .component(`wx-unavailable/${tag}`)
      .definition({
        lifetimes: {
          attached(this: ComponentInstance) {
            refuse(`<${tag}>`)
          },
        },
      })
      .register()
    space.getComponentSpace().setGlobalUsingComponent(tag, registered._$)
  }
}
