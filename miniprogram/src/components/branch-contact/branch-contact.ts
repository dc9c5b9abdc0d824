import type { BranchContact } from '../../../../server/contracts/home/today.js'

const NO_CONTACT: Partial<BranchContact> = {}

/** The branch one touch away. */
Component({
  properties: {
    contact: { type: Object, value: NO_CONTACT },
    /** Without the frame of a card, for a bar that stays in sight. */
    compact: Boolean,
  },
  methods: {
    call() {
      // the person may close the dialler again; nothing is to be said about that
      wx.makePhoneCall({ phoneNumber: String(this.data.contact.phone), fail: () => undefined })
    },
  },
})
