import type { AnimationStep } from '../builtins/animation.js'

interface AnimationOptions {
  /** In ms. */
  duration?: number
  delay?: number
  timingFunction?: string
}

const LENGTHS = ['width', 'height', 'top', 'left', 'bottom', 'right']
const PLAIN = ['opacity', 'backgroundColor']
const MOVES = ['translate', 'translateX', 'translateY', 'translateZ', 'translate3d']
const TURNS = ['rotate', 'rotateX', 'rotateY', 'rotateZ', 'skew', 'skewX', 'skewY']
const SCALES = ['scale', 'scaleX', 'scaleY', 'scaleZ', 'scale3d']

const length = (value: unknown): string => (typeof value === 'number' ? `${value}px` : String(value))

type Chain = Record<string, (...values: unknown[]) => unknown>

/** Records steps for the `animation` property; see builtins/animation.ts. */
export function createAnimation(defaults: AnimationOptions = {}): Chain {
  let steps: AnimationStep[] = []
  let style: Record<string, string> = {}
  let transforms: string[] = []
  const chain: Chain = {}

  const styles = (names: string[], write: (value: unknown) => string): void => {
    for (const name of names) {
      chain[name] = (value) => {
        style[name] = write(value)
        return chain
      }
    }
  }
  const functions = (names: string[], write: (value: unknown) => string): void => {
    for (const name of names) {
      chain[name] = (...values) => {
        transforms.push(`${name}(${values.map(write).join(',')})`)
        return chain
      }
    }
  }
  styles(LENGTHS, length)
  styles(PLAIN, String)
  functions(MOVES, length)
  functions(TURNS, (degrees) => `${String(degrees)}deg`)
  functions(SCALES, String)

  chain.step = (given) => {
    const options = { ...defaults, ...(given as AnimationOptions | undefined) }
    steps.push({
      style: transforms.length ? { ...style, transform: transforms.join(' ') } : { ...style },
      duration: options.duration ?? 400,
      delay: options.delay ?? 0,
      timing: options.timingFunction ?? 'linear',
    })
    transforms = []
    return chain
  }
  chain.export = () => {
    const actions = steps
    steps = []
    style = {}
    return { actions }
  }
  return chain
}
