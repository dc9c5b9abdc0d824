/** For pages of the tab bar: marks the page in the bar whenever it is shown. */
export const tabPageBehavior = Behavior({
  methods: {
    markTab(url: string): void {
      this.getTabBar()?.setData({ chosen: url })
    },
  },
})
