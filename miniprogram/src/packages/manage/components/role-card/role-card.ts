import type { HeldRole } from '../../../../../../server/contracts/organization/role.js'
import type { StateLabel } from '../../../../labels/tone'

const HELD: StateLabel = { word: '担任中', tone: 'success', icon: 'passed' }
const AWAITED: StateLabel = { word: '等本人登录', tone: 'warning', icon: 'clock-o' }
const ENDED: StateLabel = { word: '已结束', tone: 'plain', icon: 'close' }

/** One role of one person. The event `end` carries its id. */
Component({
  properties: {
    role: { type: Object, value: null as unknown as HeldRole },
  },
  data: { label: HELD },
  observers: {
    role(role: HeldRole | null) {
      if (role) this.setData({ label: role.endedAt ? ENDED : role.inUse ? HELD : AWAITED })
    },
  },
  methods: {
    end() {
      this.triggerEvent('end', { id: this.data.role.id })
    },
  },
})
