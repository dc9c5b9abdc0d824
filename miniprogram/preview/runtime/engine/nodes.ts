import {
  glassEasel,
  type EasyComponent,
  type EasyElement,
  type HostElement,
} from 'glass-easel-miniprogram-adapter'

/** The component tree's node that a DOM element belongs to. */
export function nodeAt(element: Element | null): EasyElement | undefined {
  let current: Element | null = element
  while (current) {
    const node = (current as HostElement).__wxElement
    if (node) return node
    current = current.parentElement
  }
  return undefined
}

/** The page or custom tab bar a node is drawn in. */
export function rootOf(node: EasyElement): EasyElement {
  let current = node
  while (current.ownerShadowRoot) current = current.ownerShadowRoot.getHostNode()
  return current
}

export function isComponent(node: EasyElement | undefined): node is EasyComponent {
  return node !== undefined && glassEasel.Component.isComponent(node)
}

/** DOM elements carry ids as "<instance>--<id>": finds one by the id written in the template. */
export function elementById(within: ParentNode, id: string): HTMLElement | null {
  return within.querySelector<HTMLElement>(`[id$="--${CSS.escape(id)}"]`)
}
