/**
 * Whether a component isolates its styles is known only when its script runs, so compiled
 * styles carry marks which the runtime replaces by the component's scope.
 */
export const CLASS_MARK = '@@'
export const HOST_MARK = '@#'
