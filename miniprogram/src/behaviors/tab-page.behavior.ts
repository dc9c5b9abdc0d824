/** A page reached by the tab bar: tells the bar where it stands whenever it is shown. */
export const tabPageBehavior = Behavior({
  methods: {
    markTab(url: string): void {
      this.getTabBar()?.setData({ chosen: url })
    },
  },
})
