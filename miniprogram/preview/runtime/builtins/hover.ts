import type { Control } from './control.js'

/** The class segment that glass-easel reserves for temporary states. */
const SEGMENT = 3

/** Adds `hover-class` while a finger touches the component. */
export function followHover(control: Control): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const change = (names: string, delay: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => control.instance._$.setNodeClass(names, SEGMENT), delay)
  }
  const hoverClass = (): string => {
    const name = control.text('hoverClass')
    return name === 'none' ? '' : name
  }
  const leave = (): void => {
    if (hoverClass()) change('', control.number('hoverStayTime'))
  }
  control.host.addEventListener(
    'touchstart',
    () => {
      if (hoverClass() && !control.flag('disabled')) change(hoverClass(), control.number('hoverStartTime'))
    },
    { passive: true },
  )
  control.host.addEventListener('touchend', leave)
  control.host.addEventListener('touchcancel', leave)
  control.onDetach(() => clearTimeout(timer))
}
