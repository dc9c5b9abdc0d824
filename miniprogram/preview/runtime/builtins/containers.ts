import { defineBuiltIn } from './define.js'

export function defineContainers(): void {
  defineBuiltIn('view', {})
  defineBuiltIn('root-portal', { properties: { enable: { type: Boolean, value: true } } })
  defineBuiltIn('text', {
    properties: {
      userSelect: Boolean,
      selectable: Boolean,
      space: String,
      decode: Boolean,
      maxLines: Number,
    },
    setup(control) {
      control.watch(['userSelect', 'selectable'], () =>
        control.host.toggleAttribute('selectable', control.flag('userSelect') || control.flag('selectable')),
      )
    },
  })
}
