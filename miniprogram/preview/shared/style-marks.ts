/**
 * Whether a component isolates its styles is known only when its script runs. So compiled styles contain marks, and the
 * runtime replaces them by the component's scope.
 */
export const CLASS_MARK = '@@'
export const HOST_MARK = '@#'
