import { manifest, styles } from 'preview:bundle'
import { CLASS_MARK, HOST_MARK } from '../../shared/style-marks.js'

const installed = new Map<string, HTMLStyleElement>()

/** The scope of an isolated component: a prefix for its classes in the DOM. */
export function styleScope(logical: string): string {
  return logical
    .replace(/^miniprogram_npm\//, '')
    .replace(/\/index$/, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
}

/** @param isShared whether the styles also apply outside the component. Then its classes get no prefix. */
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

/** The styles of a page apply to that page only, because in WeChat each page has a separate web view. */
export function showPageStyle(route: string): void {
  for (const page of manifest.pages) {
    const element = installed.get(page)
    if (element) element.media = page === route ? 'all' : 'not all'
  }
}
