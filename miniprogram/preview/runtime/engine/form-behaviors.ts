import type { BehaviorHandle, ComponentEnv } from 'glass-easel-miniprogram-adapter'

/**
 * Components name WeChat's own behaviors by strings. glass-easel rejects a component that names a behavior without a
 * definition.
 */
export function weChatBehaviors(env: ComponentEnv): (name: string) => BehaviorHandle {
  const empty = env.Behavior({})
  const field = env.Behavior({ properties: { name: String, value: null } })
  return (name) => (name === 'wx://form-field' ? field : empty)
}
