import type { Device } from '../../../../server/contracts/platform/device.js'
import { messageOf } from '../../api/api-error'
import { listDevices, signDeviceOut, signOtherDevicesOut } from '../../api/devices'
import { loadingBehavior } from '../../behaviors/loading.behavior'
import { textSizeBehavior } from '../../behaviors/text-size.behavior'
import { DEVICE_ENDINGS, NAMELESS_DEVICE, THIS_DEVICE } from '../../labels/device'

/** A device for the page; it always has a name. */
type NamedDevice = Device & { name: string }

/** Value of `working` while all other devices are being signed out. */
const ALL = 'all'

/** The devices on which the person is signed in. Other devices can be signed out here. */
Component({
  behaviors: [textSizeBehavior, loadingBehavior],
  data: {
    own: null as NamedDevice | null,
    others: [] as NamedDevice[],
    ended: [] as NamedDevice[],
    thisDevice: THIS_DEVICE,
    endings: DEVICE_ENDINGS,
    /** Id of the device that is being signed out, or `all`. */
    working: '',
  },
  methods: {
    onLoad() {
      void this.reload()
    },
    async onPullDownRefresh() {
      await this.reload()
      void wx.stopPullDownRefresh()
    },
    reload() {
      return this.run(async () => {
        const { items } = await listDevices()
        const devices = items.map((item): NamedDevice => ({ ...item, name: item.name ?? NAMELESS_DEVICE }))
        const open = devices.filter(({ endedAt }) => endedAt === null)
        this.setData({
          own: open.find(({ isThis }) => isThis) ?? null,
          others: open.filter(({ isThis }) => !isThis),
          ended: devices.filter(({ endedAt }) => endedAt !== null),
        })
        return 'content'
      })
    },
    async signOutOne(event: WechatMiniprogram.CustomEvent) {
      const { id } = event.currentTarget.dataset as { id: string }
      const device = this.data.others.find((other) => other.id === id)
      if (!device) return
      await this.signOut(id, `让“${device.name}”退出登录`, '那台设备要重新登录才能再用。', () =>
        signDeviceOut(id),
      )
    },
    async signOutOthers() {
      const content = `另外 ${this.data.others.length} 台设备要重新登录才能再用。正在用的这台不受影响。`
      await this.signOut(ALL, '退出其他设备', content, signOtherDevicesOut)
    },
    async signOut(working: string, title: string, content: string, work: () => Promise<void>) {
      if (this.data.working) return
      const { confirm } = await wx.showModal({ title, content, confirmText: '退出', cancelText: '不退出' })
      if (!confirm) return
      this.setData({ working })
      try {
        await work()
        void wx.showToast({ title: '已退出', icon: 'none' })
        await this.reload()
      } catch (error) {
        void wx.showToast({ title: messageOf(error), icon: 'none' })
      } finally {
        this.setData({ working: '' })
      }
    },
  },
})
