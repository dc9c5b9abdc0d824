import type { DuesDifference } from '../../../../../server/contracts/organization/dues.js'
import { listDuesDifferences } from '../../../api/dues'
import { listBehavior } from '../../../behaviors/list.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'
import { open, routes } from '../../../routes'

/** Bills that are paid, or being paid, and by the facts known now should say something else. */
Component({
  behaviors: [textSizeBehavior, listBehavior<DuesDifference>()],
  methods: {
    onLoad() {
      void this.list((cursor) => listDuesDifferences(cursor))
    },
    show(event: WechatMiniprogram.TouchEvent) {
      open(routes.member(String(event.currentTarget.dataset.id)))
    },
  },
})
