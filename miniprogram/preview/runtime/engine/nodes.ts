import {
  glassEasel,
  type EasyComponent,
  type EasyElement,
  type HostElement,
} from 'glass-easel-miniprogram-adapter'

/** The node of the component tree to which a DOM element belongs. */
export function nodeAt(element: Element | null): EasyElement | undefined {
  let current: Element | null = element
  while (current) {
    const node = (current as HostElement).__wxElement
    if (node) return node
    current = current.parentElement
  }
  return undefined
}

/** The page or custom tab bar that contains a node. */
export function rootOf(node: EasyElement): EasyElement {
  let current = node
  while (current.ownerShadowRoot) current = current.ownerShadowRoot.getHostNode()
  return current
}

export function isComponent(node: EasyElement | undefined): node is EasyComponent {
  return node !== undefined && glassEasel.Component.isComponent(node)
}

/** Finds a DOM element by the id in the template. In the DOM the id is "<instance>--<id>". */
export function elementById(within: ParentNode, id: string): HTMLElement | null {
  return within.querySelector<HTMLElement>(`[id$="--${CSS.escape(id)}"]`)
}
