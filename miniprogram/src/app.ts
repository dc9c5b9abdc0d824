import { watchNetwork } from './state/network'

App({
  onLaunch() {
    watchNetwork()
    updateWhenReady()
  },
})

/** Asks the person before a downloaded new version is applied. */
function updateWhenReady(): void {
  const updates = wx.getUpdateManager()
  updates.onUpdateReady(() => {
    wx.showModal({
      title: '有新版本',
      content: '现在重新打开，就能用上新版本',
      confirmText: '重新打开',
      cancelText: '以后再说',
      success: ({ confirm }) => {
        if (confirm) updates.applyUpdate()
      },
    })
  })
}
