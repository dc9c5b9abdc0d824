import type { Unit } from '../../../../../../server/contracts/organization/unit.js'
import { listUnits } from '../../../../api/units'
import { loadingBehavior } from '../../../../behaviors/loading.behavior'
import { UNIT_KINDS } from '../../../../labels/work'

/** At most this many units are listed. For more, searching is quicker than scrolling. */
const MAX_SHOWN = 100

/** Lets the person choose a unit in scope. The event `choose` carries it. */
Component({
  behaviors: [loadingBehavior],
  properties: {
    show: Boolean,
    title: String,
  },
  data: { units: [] as Unit[], shown: [] as Unit[], q: '', kinds: UNIT_KINDS },
  observers: {
    show(isShown: boolean) {
      if (isShown && !this.data.units.length) void this.load()
    },
    // the search text for one name does not help with the next one; a closed sheet keeps its rows
    title() {
      if (this.data.show && this.data.q) this.filter('')
    },
  },
  methods: {
    load(): Promise<void> {
      return this.run(async () => {
        const { items } = await listUnits()
        this.setData({ units: items })
        this.filter(this.data.q)
        return 'content'
      })
    },
    typed(event: WechatMiniprogram.CustomEvent) {
      this.filter(event.detail as unknown as string)
    },
    filter(q: string) {
      const shown = this.data.units.filter(({ name }) => name.includes(q.trim())).slice(0, MAX_SHOWN)
      this.setData({ q, shown })
    },
    choose(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      const unit = this.data.units.find((item) => item.id === id)
      if (unit) this.triggerEvent('choose', unit)
    },
    close() {
      this.triggerEvent('close')
    },
  },
})
