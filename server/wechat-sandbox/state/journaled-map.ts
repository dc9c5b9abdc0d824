/**
 * A map that knows which of its records may have changed since it was last asked. Handing a record out counts as a
 * change, because whoever has it may change it; walking through all of them does not: put back what you changed then.
 */
export class JournaledMap<Value> extends Map<string, Value> {
  // Not a field with a value: the constructor of Map calls `set` before fields are there.
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

  /** @returns what changed since the last call, each record as it is now; without a value, it is gone */
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
