/** Sends raw statements to an engine, inside the open transaction if there is one. */
export interface Statements {
  /** @returns the rows with converted values: see `row-values.ts` */
  query<Row>(sql: string, parameters: unknown[], form: Form): Promise<Row[]>
  /** @returns how many rows it changed */
  execute(sql: string, parameters: unknown[], form: Form): Promise<number>
}

/** `prepared`: the server keeps the statement parsed and planned on each connection. `plain`: sent as text. */
export type Form = 'plain' | 'prepared'
