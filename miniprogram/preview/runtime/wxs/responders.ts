import type { ComponentInstance, EasyElement } from 'glass-easel-miniprogram-adapter'
import { describe } from './descriptors.js'

type Target = EasyElement | ComponentInstance
/** The path at which the template compiler found a function. A leading 0 means the component's own data. */
type FunctionPath = unknown[] | null
type ChangeHandler = (value: unknown, old: unknown, owner: unknown, element: unknown) => void
type EventHandler = (this: unknown, event: unknown, owner?: unknown) => unknown

interface WxsEvent {
  currentTarget: Target
  instance?: unknown
}

/** `change:prop` handlers run after the update and receive descriptors instead of components. */
function wxsChange(handler: unknown, path: FunctionPath): unknown {
  if (typeof handler !== 'function' || !path || path[0] === 0) return handler
  const call = handler as ChangeHandler
  return (value: unknown, old: unknown, owner: Target, element: Target) =>
    queueMicrotask(() => call(value, old, describe(owner), describe(element)))
}

/** An event bound to a WXS function receives descriptors. An event bound to a method is not changed. */
function wxsEvent(
  caller: ComponentInstance,
  event: WxsEvent,
  handler: EventHandler,
  path: FunctionPath,
): unknown {
  const isMethod = path ? path[0] === 0 : hasMember(caller, handler)
  if (isMethod) return handler.call(caller, event)
  event.instance = describe(event.currentTarget)
  return handler.call(undefined, event, describe(caller))
}

function hasMember(caller: ComponentInstance, handler: EventHandler): boolean {
  for (const name in caller) if (caller[name] === handler) return true
  return false
}

Object.assign(globalThis, { __wxsChange: wxsChange, __wxsEvent: wxsEvent })
