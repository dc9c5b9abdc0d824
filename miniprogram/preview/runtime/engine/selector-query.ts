import type { NodesReference, SelectorCallback, SelectorQuery } from 'glass-easel-miniprogram-adapter'
import { visibleScroller } from './page-area.js'

/** The scroll offset of the viewport is that of the page's scrolling element, not of the window. */
export function withPageScroll(query: SelectorQuery): SelectorQuery {
  const selectViewport = query.selectViewport.bind(query)
  query.selectViewport = () => scrollingLikePage(selectViewport())
  return query
}

function scrollingLikePage(viewport: NodesReference): NodesReference {
  return {
    boundingClientRect: (done) => viewport.boundingClientRect(done),
    scrollOffset: (done) => viewport.scrollOffset(correctingScroll(done)),
    fields: (fields, done) => viewport.fields(fields, fields.scrollOffset ? correctingScroll(done) : done),
  }
}

/** The result object is shared with exec(), so a correction in place corrects both results. */
function correctingScroll(done?: SelectorCallback): SelectorCallback {
  return (result) => {
    const { scrollLeft = 0, scrollTop = 0, scrollWidth = 0, scrollHeight = 0 } = visibleScroller() ?? {}
    Object.assign(result, { scrollLeft, scrollTop, scrollWidth, scrollHeight })
    done?.(result)
  }
}
