import type { BranchContact } from '../../../../server/contracts/home/today.js'

const NO_CONTACT: Partial<BranchContact> = {}

/** The contact of the branch, with a button that calls it. */
Component({
  properties: {
    contact: { type: Object, value: NO_CONTACT },
    /** Without the frame of a card, for a bar that stays visible. */
    compact: Boolean,
  },
  methods: {
    call() {
      // closing the dialler is not an error, so no message is shown
      wx.makePhoneCall({ phoneNumber: String(this.data.contact.phone), fail: () => undefined })
    },
  },
})
