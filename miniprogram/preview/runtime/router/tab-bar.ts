import type { Root } from 'glass-easel-miniprogram-adapter'
import { manifest } from 'preview:bundle'
import type { TabBarItem } from '../../shared/app-manifest.js'
import { drawing, space } from '../engine/code-space.js'
import { element } from '../engine/element.js'

const tabs: TabBarItem[] = manifest.app.tabBar?.list ?? []

export function isTab(path: string): boolean {
  return tabs.some((tab) => tab.pagePath === path)
}

/**
 * Draws the app's custom tab bar over a tab page. Every tab page has its own instance. The holder is a page element, so
 * that CSS variables set on `page` also apply in the bar.
 */
export function drawCustomTabBar(page: HTMLElement): Root {
  const holder = document.createElement('wx-page')
  const placeholder = element('span')
  holder.className = 'preview-tab-bar-holder'
  holder.append(placeholder)
  page.append(holder)
  const root = drawing.createRoot('custom-tab-bar', space, 'custom-tab-bar/index')
  root.attach(holder, placeholder)
  return root
}

/** The default tab bar that WeChat draws when the app has no custom one. */
export class TabBar {
  readonly element = element('nav', 'preview-tab-bar')
  private readonly buttons = tabs.map((tab, index) => this.button(tab, index))

  constructor(private readonly onTap: (tab: TabBarItem, index: number) => void) {
    this.element.setAttribute('aria-label', '标签栏')
    this.element.append(...this.buttons)
    this.element.hidden = true
  }

  /** @param path the visible page. The bar is hidden unless it is a tab page. */
  update(path: string): void {
    this.element.hidden = manifest.hasCustomTabBar || !isTab(path)
    const { color = '', selectedColor = '', backgroundColor = '' } = manifest.app.tabBar ?? {}
    this.element.style.background = backgroundColor
    this.buttons.forEach((button, index) => {
      const isCurrent = tabs[index]?.pagePath === path
      button.style.color = isCurrent ? selectedColor : color
      if (isCurrent) button.setAttribute('aria-current', 'page')
      else button.removeAttribute('aria-current')
      const icon = button.querySelector('img')
      const source = isCurrent ? tabs[index]?.selectedIconPath : tabs[index]?.iconPath
      if (icon && source) icon.src = source
    })
  }

  private button(tab: TabBarItem, index: number): HTMLButtonElement {
    const button = element('button')
    button.type = 'button'
    if (tab.iconPath) {
      const icon = element('img')
      icon.alt = ''
      button.append(icon)
    }
    button.append(element('span', '', tab.text))
    button.addEventListener('click', () => this.onTap(tab, index))
    return button
  }
}
