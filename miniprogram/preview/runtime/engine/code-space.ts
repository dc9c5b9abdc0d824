import {
  glassEasel,
  MiniProgramEnv,
  type ComponentEnv,
  type ComponentInstance,
  type Definition,
  type EasyComponent,
} from 'glass-easel-miniprogram-adapter'
import { manifest, templates } from 'preview:bundle'
import { backend } from './backend.js'
import { reportUncaught } from './failures.js'
import { weChatBehaviors } from './form-behaviors.js'
import { installStyle, styleScope } from './styles.js'

const env = new MiniProgramEnv()
export const space = env.createCodeSpace('', true)
export const drawing = env.associateBackend(backend)

glassEasel.addGlobalErrorListener((error) => {
  reportUncaught(error)
  return false
})
glassEasel.addGlobalWarningListener(() => false)

// Ids are needed to find nodes by "#id". Fields are not written to nodes, because a property named "dataset" (Vant's
// button has one) would replace the node's own.
space.getComponentSpace().updateComponentOptions({ writeIdToDOM: true, writeFieldsToNode: false })

for (const [logical, config] of Object.entries(manifest.components)) {
  space.addComponentStaticConfig(logical, config)
  const content = templates[logical]
  if (content) {
    space.addCompiledTemplate(logical, { groupList: templates, content, fallbackListenerOnNativeNode: true })
  }
}
installStyle('app', true)

const behaviorNamed = space.componentEnv('', weChatBehaviors)
fireReadyAfterAttaching()

let defining = ''

/** Called by the bundle before each component's script. */
export function defines(logical: string): void {
  defining = logical
}

export function definePage(definition: Definition): void {
  register('Page', definition)
}

export function defineComponent(definition: Definition): void {
  register('Component', definition)
}

export function defineBehavior(definition: Definition): unknown {
  return space.componentEnv('', (scope) => scope.Behavior(withKnownBehaviors(definition)))
}

function register(kind: 'Page' | 'Component', definition: Definition): void {
  const logical = defining
  const isShared = decideStyleIsolation(logical, kind, definition)
  if (!isShared) space.addStyleSheet(logical, logical, styleScope(logical))
  installStyle(logical, isShared)
  space.componentEnv(logical, (scope: ComponentEnv) => scope[kind](withKnownBehaviors(definition)))
}

/** The adapter reads style isolation only from JSON, so the options of the script are copied there. */
function decideStyleIsolation(logical: string, kind: 'Page' | 'Component', definition: Definition): boolean {
  const config = space.getComponentStaticConfig(logical) ?? {}
  const { styleIsolation, addGlobalClass } = definition.options ?? {}
  if (kind === 'Component' && !config.styleIsolation) {
    if (styleIsolation) config.styleIsolation = styleIsolation
    else if (addGlobalClass) config.styleIsolation = 'apply-shared'
  }
  const isolation = config.styleIsolation ?? (config.component ? 'isolated' : 'shared')
  return isolation === 'shared' || isolation === 'page-shared'
}

function withKnownBehaviors(definition: Definition): Definition {
  if (!definition.behaviors) return definition
  const behaviors = definition.behaviors
    .filter((behavior) => behavior !== undefined && behavior !== null)
    .map((behavior) => (typeof behavior === 'string' ? behaviorNamed(behavior) : behavior))
  return { ...definition, behaviors }
}

/** glass-easel does not call the `ready` lifetime. This calls it when the whole tree is attached. */
function fireReadyAfterAttaching(): void {
  let attached: EasyComponent[] = []
  const flush = (): void => {
    const waiting = attached
    attached = []
    for (const component of waiting) component.triggerLifetime('ready', [])
  }
  const overall = space.componentEnv('', (scope) =>
    scope.Behavior({
      lifetimes: {
        attached(this: ComponentInstance) {
          if (!attached.length) setTimeout(flush)
          attached.push(this._$)
        },
        detached(this: ComponentInstance) {
          attached = attached.filter((component) => component !== this._$)
        },
      },
    }),
  )
  space.setOverallBehavior(overall._$)
}
