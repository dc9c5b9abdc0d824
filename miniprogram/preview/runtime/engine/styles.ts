import { manifest, styles } from 'preview:bundle'
import { CLASS_MARK, HOST_MARK } from '../../shared/style-marks.js'

const installed = new Map<string, HTMLStyleElement>()

/** Scope of an isolated component: the prefix of its classes in the DOM. */
export function styleScope(logical: string): string {
  return logical
    .replace(/^miniprogram_npm\//, '')
    .replace(/\/index$/, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
}

/** @param isShared the styles reach beyond the component, so its classes stay unprefixed. */
export function installStyle(logical: string, isShared: boolean): void {
  const css = styles[logical]
  if (css === undefined || installed.has(logical)) return
  const element = document.createElement('style')
  element.dataset.component = logical
  const prefix = isShared ? '' : `${styleScope(logical)}--`
  element.textContent = css.replaceAll(CLASS_MARK, prefix).replaceAll(HOST_MARK, styleScope(logical))
  document.head.append(element)
  installed.set(logical, element)
}

/** A page's styles hold for that page only; in WeChat each page has a web view of its own. */
export function showPageStyle(route: string): void {
  for (const page of manifest.pages) {
    const element = installed.get(page)
    if (element) element.media = page === route ? 'all' : 'not all'
  }
}
