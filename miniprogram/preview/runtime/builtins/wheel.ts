import { scrollBehavior } from '../engine/motion.js'
import { element } from '../engine/element.js'

/** Height of an item in px, the same as in the style sheet. */
const ITEM_HEIGHT = 44

/** One column of a picker: a list that snaps to the item in the middle. */
export function wheel(labels: string[], index: number, onChoose: (index: number) => void): HTMLElement {
  const column = element('div', 'preview-wheel')
  column.setAttribute('role', 'listbox')
  column.setAttribute('aria-label', '选项')
  column.tabIndex = 0
  const items = labels.map((label, position) => {
    const item = element('div', 'preview-wheel-item', label)
    item.setAttribute('role', 'option')
    item.addEventListener('click', () => moveTo(position))
    return item
  })
  column.append(element('div', 'preview-wheel-edge'), ...items, element('div', 'preview-wheel-edge'))

  let current = -1
  const choose = (position: number): void => {
    if (position === current) return
    current = position
    items.forEach((item, at) => item.setAttribute('aria-selected', String(at === position)))
  }
  const moveTo = (position: number): void => {
    column.scrollTo({ top: position * ITEM_HEIGHT, behavior: scrollBehavior(true) })
  }
  choose(index)
  // The column has a height only when it is on the page.
  requestAnimationFrame(() => column.scrollTo({ top: index * ITEM_HEIGHT, behavior: 'instant' }))
  column.addEventListener('scroll', () => {
    const position = Math.min(labels.length - 1, Math.max(0, Math.round(column.scrollTop / ITEM_HEIGHT)))
    if (position === current) return
    choose(position)
    onChoose(position)
  })
  column.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    moveTo(Math.min(labels.length - 1, Math.max(0, current + step)))
  })
  return column
}
