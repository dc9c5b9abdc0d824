/** A template's value as text: nothing for what is missing, JSON for objects. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'boolean':
      return String(value)
    default:
      return value === undefined || value === null ? '' : JSON.stringify(value)
  }
}
