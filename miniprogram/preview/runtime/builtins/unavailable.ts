import type { ComponentInstance } from 'glass-easel-miniprogram-adapter'
import { UNSUPPORTED_TAGS } from '../../shared/built-in-tags.js'
import { space } from '../engine/code-space.js'
import { refuse } from '../engine/failures.js'

/** npm components may mention what the preview lacks; it is refused when it is really drawn. */
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
