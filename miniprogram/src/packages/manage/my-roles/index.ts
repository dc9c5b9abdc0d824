import type { HeldRole } from '../../../../../server/contracts/organization/role.js'
import { listMyRoles } from '../../../api/roles'
import { loadingBehavior } from '../../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../../behaviors/text-size.behavior'

/** What I am entrusted with, by whom and until when. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior],
  data: { items: [] as HeldRole[] },
  methods: {
    onLoad() {
      void this.run(async () => {
        const { items } = await listMyRoles()
        this.setData({ items })
        return items.length > 0 ? 'content' : 'empty'
      })
    },
  },
})
