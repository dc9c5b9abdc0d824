/**
 * A map that tracks which records may have changed since the last `takeChanges`. `get` marks a record as changed,
 * because the caller may modify it. Iteration does not: call `set` for a record that you modify while iterating.
 */
export class JournaledMap<Value> extends Map<string, Value> {
  // No initial value here: the constructor of Map calls `set` before fields are initialized.
  private changed: Set<string> | undefined

  override get(key: string): Value | undefined {
    const value = super.get(key)
    if (value !== undefined) this.mark(key)
    return value
  }

  override set(key: string, value: Value): this {
    this.mark(key)
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    this.mark(key)
    return super.delete(key)
  }

  override clear(): void {
    for (const key of this.keys()) this.mark(key)
    super.clear()
  }

  /** @returns the records that changed since the last call, with their current values; no value: deleted */
  takeChanges(): Array<{ key: string; value?: Value }> {
    const keys = [...(this.changed ?? [])]
    this.changed = undefined
    return keys.map((key) => ({ key, value: super.get(key) }))
  }

  private mark(key: string): void {
    this.changed ??= new Set()
    this.changed.add(key)
  }
}
