/** A condition for a query, with its parameters. */
export interface AsOf {
  sql: string
  parameters: string[]
}

/**
 * The one way to ask for what held on a day: a condition on the table of periods `alias`, for a WHERE or the ON of a
 * join. A subject meets it with one row at most.
 * @param day `YYYY-MM-DD`
 */
export const asOf = (alias: string, day: string): AsOf => ({
  sql: `(${alias}.withdrawnAt IS NULL AND ${alias}.fromOn <= ? AND (${alias}.untilOn IS NULL OR ${alias}.untilOn > ?))`,
  parameters: [day, day],
})
