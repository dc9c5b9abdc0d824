import type { BehaviorHandle, ComponentEnv } from 'glass-easel-miniprogram-adapter'

/**
 * WeChat's own behaviors are named by strings. Without a definition glass-easel would reject a
 * component that lists one.
 */
export function weChatBehaviors(env: ComponentEnv): (name: string) => BehaviorHandle {
  const empty = env.Behavior({})
  const field = env.Behavior({ properties: { name: String, value: null } })
  return (name) => (name === 'wx://form-field' ? field : empty)
}
