import type { TextSize } from '../../../../server/contracts/platform/preferences.js'
import { TEXT_SIZES } from '../../labels/member'

/** Three words to choose a text size, each drawn in its own size. */
Component({
  properties: { value: String },
  data: { sizes: (Object.keys(TEXT_SIZES) as TextSize[]).map((size) => ({ size, word: TEXT_SIZES[size] })) },
  methods: {
    choose(event: WechatMiniprogram.TouchEvent) {
      const size = String(event.currentTarget.dataset.size)
      if (size !== this.data.value) this.triggerEvent('choose', { size })
    },
  },
})
