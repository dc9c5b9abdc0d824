import type { StateLabel } from '../../labels/tone'

const NO_LABEL: Partial<StateLabel> = {}

/** A state as colour, icon and word together: colour alone tells nothing, since the brand is red too. */
Component({
  properties: {
    /** A StateLabel of `labels/`. */
    label: { type: Object, value: NO_LABEL },
  },
})
