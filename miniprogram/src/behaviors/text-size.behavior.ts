import { account, textSize } from '../state/account'

const endings = new WeakMap<object, () => void>()

/** Draws the page in the chosen text size. The outermost element needs the class `text-{{textSize}}`. */
export const textSizeBehavior = Behavior({
  data: { textSize: textSize() },
  lifetimes: {
    attached() {
      this.setData({ textSize: textSize() })
      endings.set(
        this,
        account.watch(() => {
          if (this.data.textSize !== textSize()) this.setData({ textSize: textSize() })
        }),
      )
    },
    detached() {
      endings.get(this)?.()
    },
  },
})
