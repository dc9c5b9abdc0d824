/** The global names of WXS code. They must be set before a compiled template is evaluated. */
Object.assign(globalThis, {
  getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
  getDate: (...parts: [number, number]) => (parts.length ? new Date(...parts) : new Date()),
  /** `value.constructor` is the name of the type in WXS. */
  __wxsTypeName: (value: unknown) =>
    value === null || value === undefined ? undefined : Object.prototype.toString.call(value).slice(8, -1),
})
