import { element } from '../engine/element.js'
import type { Page } from './page.js'

/** The navigation bar that WeChat draws above every page. */
export class NavigationBar {
  readonly element = element('header', 'preview-navigation-bar')
  private readonly back = element('button', 'preview-back')
  private readonly title = element('h1')

  constructor(onBack: () => void) {
    this.back.type = 'button'
    this.back.setAttribute('aria-label', '返回')
    this.back.addEventListener('click', onBack)
    this.element.append(this.back, this.title)
  }

  update(page: Page, canGoBack: boolean): void {
    const { navigationStyle, navigationBarBackgroundColor, navigationBarTextStyle } = page.config
    this.element.hidden = navigationStyle === 'custom'
    this.element.style.background = navigationBarBackgroundColor ?? '#fff'
    this.element.style.color = navigationBarTextStyle === 'white' ? '#fff' : '#000'
    this.back.hidden = !canGoBack
    this.title.textContent = page.title
    document.title = page.title || '小程序'
  }
}
