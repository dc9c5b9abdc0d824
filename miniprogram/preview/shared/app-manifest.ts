/** The parts of app.json and of a page's or component's JSON that the preview reads. */
export interface WindowConfig {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: 'black' | 'white'
  navigationStyle?: 'default' | 'custom'
  backgroundColor?: string
  enablePullDownRefresh?: boolean
  /** Distance from the bottom, in px, at which onReachBottom fires. */
  onReachBottomDistance?: number
}

export interface TabBarItem {
  pagePath: string
  text: string
  iconPath?: string
  selectedIconPath?: string
}

export interface TabBarConfig {
  custom?: boolean
  color?: string
  selectedColor?: string
  backgroundColor?: string
  list: TabBarItem[]
}

export interface SubPackage {
  root: string
  pages: string[]
}

export interface AppConfig {
  pages: string[]
  entryPagePath?: string
  subPackages?: SubPackage[]
  subpackages?: SubPackage[]
  usingComponents?: Record<string, string>
  window?: WindowConfig
  tabBar?: TabBarConfig
}

export interface ComponentConfig extends WindowConfig {
  component?: boolean
  usingComponents?: Record<string, string>
  componentGenerics?: Record<string, true | { default?: string }>
  styleIsolation?: string
  addGlobalClass?: boolean
}

/** What the build gives to the runtime in addition to templates, styles and scripts. */
export interface AppManifest {
  app: AppConfig
  /** Routes of all pages, subpackages included, without a leading slash. */
  pages: string[]
  /** Configuration by logical path, component references made absolute. */
  components: Record<string, ComponentConfig>
  hasCustomTabBar: boolean
}
