import { defineBuiltIn } from './define.js'

/** Applies to the page that contains it. The root font size belongs to the document, so it follows the visible page. */
export function definePageMeta(): void {
  defineBuiltIn('page-meta', {
    properties: { pageStyle: String, pageFontSize: String, rootFontSize: String },
    setup(control) {
      const page = (): HTMLElement | null => control.host.closest('wx-page')
      control.watch(['pageFontSize', 'pageStyle'], () => {
        const target = page()
        if (!target) return
        target.setAttribute('style', control.text('pageStyle'))
        const size = control.text('pageFontSize')
        if (size && size !== 'system') target.style.fontSize = size
        // `overflow: hidden` stops a page from scrolling. Here the page's container scrolls, so it gets the same value.
        const scroller = target.parentElement
        if (scroller) scroller.style.overflow = target.style.overflow
      })
      control.watch(['rootFontSize'], () => {
        const size = control.text('rootFontSize')
        const holder = page()?.closest<HTMLElement>('.preview-page')
        if (!holder || !size) return
        holder.dataset.rootFontSize = size === 'system' ? '' : size
        if (!holder.hidden) document.documentElement.style.fontSize = holder.dataset.rootFontSize
      })
    },
  })
}
