/** Rows that an import writes, or will write: a condition on columns of `roster_import_row`. */
export const TO_WRITE = `(kind = 'new' OR (kind = 'changed' AND ticked = 1))`
