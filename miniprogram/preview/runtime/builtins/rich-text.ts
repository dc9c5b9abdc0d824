import { rpxToVw } from '../../shared/rpx.js'
import { defineBuiltIn } from './define.js'

interface RichNode {
  type?: 'node' | 'text'
  name?: string
  text?: string
  attrs?: Record<string, unknown>
  children?: RichNode[]
}

/** Elements that WeChat's rich-text draws. Every other element becomes a span. */
const ALLOWED = new Set(
  'a abbr b big blockquote br code col dd del div dl dt em fieldset h1 h2 h3 h4 h5 h6 hr i img ins legend li ol p q s small span strong sub sup table tbody td tfoot th thead tr tt u ul'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(['class', 'style', 'src', 'alt', 'width', 'height', 'colspan', 'rowspan', 'start'])

export function defineRichText(): void {
  defineBuiltIn('rich-text', {
    properties: { nodes: null, space: String, userSelect: Boolean },
    setup(control) {
      control.watch(['nodes'], () => control.host.replaceChildren(...draw(control.value('nodes'))))
    },
  })
}

function draw(nodes: unknown): Node[] {
  if (Array.isArray(nodes)) return nodes.map((node: RichNode) => drawNode(node))
  if (typeof nodes !== 'string') return []
  const parsed = new DOMParser().parseFromString(nodes, 'text/html')
  return Array.from(parsed.body.childNodes, copy)
}

function drawNode({ type, name = 'span', text = '', attrs = {}, children = [] }: RichNode): Node {
  if (type === 'text') return document.createTextNode(text)
  const created = create(name, Object.entries(attrs))
  created.append(...children.map(drawNode))
  return created
}

/** Builds new nodes from the allowed parts of the parsed HTML. It does not try to clean the HTML. */
function copy(node: Node): Node {
  if (!(node instanceof Element)) return document.createTextNode(node.textContent ?? '')
  if (node.matches('script,style')) return document.createTextNode('')
  const attributes = Array.from(node.attributes, ({ name, value }): [string, string] => [name, value])
  const created = create(node.localName, attributes)
  created.append(...Array.from(node.childNodes, copy))
  return created
}

function create(name: string, attributes: [string, unknown][]): HTMLElement {
  const created = document.createElement(ALLOWED.has(name) ? name : 'span')
  for (const [attribute, value] of attributes) {
    if (ATTRIBUTES.has(attribute)) {
      created.setAttribute(attribute, attribute === 'style' ? rpxToVw(String(value)) : String(value))
    }
  }
  return created
}
