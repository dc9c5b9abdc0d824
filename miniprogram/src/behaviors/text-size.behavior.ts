import { account, textSize } from '../state/account'

const endings = new WeakMap<object, () => void>()

/** Draws the page in the size the person chose: put `text-{{textSize}}` on the outermost element. */
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
