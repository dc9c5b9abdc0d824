import type { UnitMatch, UnknownUnit } from '../../../../../../server/contracts/organization/roster-import.js'
import type { Unit } from '../../../../../../server/contracts/organization/unit.js'

/** The choice for a unit name of the file. */
interface Choice {
  /** A unit's id, or `create` for a new branch. */
  key: string
  word: string
}

const CREATE = 'create'
const NO_CHOICES: Record<string, Choice> = {}

/** Matches the unit names of a file to our units. The event `match` carries all decided names. */
Component({
  properties: {
    units: { type: Array, value: [] as UnknownUnit[] },
    ownUnitId: String,
    ownUnitName: String,
    sending: Boolean,
  },
  data: {
    choices: NO_CHOICES,
    decided: 0,
    /** The name for which another unit is being searched; empty while the sheet is closed. */
    searchingFor: '',
  },
  observers: {
    // the best proposal is preselected, so that the person only corrects wrong ones
    units(units: UnknownUnit[]) {
      const choices: Record<string, Choice> = {}
      for (const { name, proposals } of units) {
        const kept = this.data.choices[name]
        const best = proposals[0]
        if (kept) choices[name] = kept
        else if (best) choices[name] = { key: best.unitId, word: best.name }
      }
      this.keep(choices)
    },
  },
  methods: {
    choose(event: WechatMiniprogram.TouchEvent) {
      const { name, key, word } = event.currentTarget.dataset as { name: string; key: string; word: string }
      this.keep({ ...this.data.choices, [name]: { key, word } })
    },
    search(event: WechatMiniprogram.TouchEvent) {
      this.setData({ searchingFor: String(event.currentTarget.dataset.name) })
    },
    found(event: WechatMiniprogram.CustomEvent) {
      const unit = event.detail as Unit
      this.keep({ ...this.data.choices, [this.data.searchingFor]: { key: unit.id, word: unit.name } })
      this.closeSearch()
    },
    closeSearch() {
      this.setData({ searchingFor: '' })
    },
    keep(choices: Record<string, Choice>) {
      this.setData({ choices, decided: Object.keys(choices).length })
    },
    send() {
      const matches: UnitMatch[] = Object.entries(this.data.choices).map(([name, { key }]) =>
        key === CREATE ? { name, createUnder: this.data.ownUnitId } : { name, unitId: key },
      )
      if (matches.length) this.triggerEvent('match', { matches })
    },
  },
})
