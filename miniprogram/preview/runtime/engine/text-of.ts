/** Converts a template's value to text: an empty string for a missing value, JSON for an object. */
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
