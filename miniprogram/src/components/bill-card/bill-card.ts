import type { Bill } from '../../../../server/contracts/organization/dues.js'
import { BILL_STATES } from '../../labels/bill'

const NO_BILL: Partial<Bill> = {}

/** One month's bill with its explanation. A tap anywhere on the card ticks a bill that can be paid. */
Component({
  properties: {
    bill: { type: Object, value: NO_BILL },
    ticked: Boolean,
  },
  data: { states: BILL_STATES },
  methods: {
    toggle() {
      if (this.data.bill.can?.pay) this.triggerEvent('toggle', { id: this.data.bill.id })
    },
    showPending() {
      this.triggerEvent('pending', { tradeNo: this.data.bill.pendingTradeNo })
    },
  },
})
