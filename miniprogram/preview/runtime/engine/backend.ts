import { glassEasel } from 'glass-easel-miniprogram-adapter'
import { rpxToVw } from '../../shared/rpx.js'
import { SUPPORTED_TAGS } from '../../shared/built-in-tags.js'
import { pageArea, pageAreaTop } from './page-area.js'

const builtIn = new Set<string>(SUPPORTED_TAGS)

/** Draws components as DOM elements of this window. */
class DomBackend extends glassEasel.CurrentWindowBackendContext {
  override document = {
    createElement: (tag: string) =>
      withRpxStyles(document.createElement(builtIn.has(tag) ? `wx-${tag}` : tag)),
    createTextNode: (text: string) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  }

  override getWindowHeight(): number {
    return pageArea.clientHeight
  }

  /**
   * Events come from gestures.ts alone. The stock listeners would let a DOM `click` reach
   * components that have an event of that name, and would prevent the default of every event
   * of a type once a single element catches it.
   */
  override onEvent(): void {}

  /** What can be tapped says so: the browser favours it under a thick finger, and the mouse shows it. */
  override setListenerStats(element: Element | null, type: string): void {
    if (type === 'tap') element?.setAttribute('data-tappable', '')
  }

  /** Styles are switched with the page; see styles.ts. */
  override appendStyleSheetPath(): number {
    return 0
  }
}

function withRpxStyles(element: HTMLElement): HTMLElement {
  const setAttribute = element.setAttribute.bind(element)
  element.setAttribute = (name, value) =>
    setAttribute(name, name === 'style' ? rpxToVw(String(value)) : value)
  return element
}

/** Rects are asked for through glass-easel, so only what the app sees is shifted, not the DOM itself. */
function relateRectsToPageArea(): void {
  const { prototype } = glassEasel.Element
  const measure = prototype.getBoundingClientRect
  prototype.getBoundingClientRect = function (done) {
    measure.call(this, ({ left, top, width, height }) =>
      done({ left, top: top - pageAreaTop(), width, height }),
    )
  }
}

relateRectsToPageArea()

export const backend = new DomBackend()
