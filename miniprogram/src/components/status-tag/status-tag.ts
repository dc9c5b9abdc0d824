import type { StateLabel } from '../../labels/tone'

const NO_LABEL: Partial<StateLabel> = {}

/** A state as colour, icon and word together. Colour alone is not clear, because the brand colour is red too. */
Component({
  properties: {
    /** A StateLabel of `labels/`. */
    label: { type: Object, value: NO_LABEL },
  },
})
