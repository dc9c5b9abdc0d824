import type { DisclosureRecord } from '../../../../server/contracts/organization/member.js'
import { listDisclosures } from '../../api/account'
import { listBehavior } from '../../behaviors/list.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'

/** Who has read my full ID and telephone numbers, when and why. */
Component({
  behaviors: [textSizeBehavior, listBehavior<DisclosureRecord>()],
  methods: {
    onLoad() {
      void this.list(listDisclosures)
    },
  },
})
