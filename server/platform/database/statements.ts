/** How raw statements reach an engine, inside the open transaction when there is one. */
export interface Statements {
  /** @returns the rows, as values: see `row-values.ts` */
  query<Row>(sql: string, parameters: unknown[], form: Form): Promise<Row[]>
  /** @returns how many rows it changed */
  execute(sql: string, parameters: unknown[], form: Form): Promise<number>
}

/** `prepared`: kept parsed and planned on each connection of a database server. `plain`: sent as text. */
export type Form = 'plain' | 'prepared'
