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
   * All events come from the gestures folder. The default listeners would pass a DOM `click` to components that have an
   * event of that name. They would also prevent the default action of every event of a type when one element catches it.
   */
  override onEvent(): void {}

  /** Marks elements that can be tapped, so that the browser prefers them near a touch and the mouse shows a pointer. */
  override setListenerStats(element: Element | null, type: string): void {
    if (type === 'tap') element?.setAttribute('data-tappable', '')
  }

  /** Styles change with the page; see styles.ts. */
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

/** The app reads rects through glass-easel. So only the values for the app are shifted, not the DOM. */
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
