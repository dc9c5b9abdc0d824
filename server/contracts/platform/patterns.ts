import { Matches, type ValidationOptions } from 'class-validator'

export const ID = /^[0-9A-Za-z]{26}$/
export const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
export const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

interface PatternedField {
  /** Prototype of the contract. */
  contract: object
  name: string
  pattern: RegExp
}

/** Fields with a pattern of this file. The swagger plugin sees only a pattern that is written out beside its field. */
export const PATTERNED_FIELDS: PatternedField[] = []

/** The id of a row. */
export const IsId = (options?: ValidationOptions): PropertyDecorator => hasPattern(ID, options)

/** A day, `YYYY-MM-DD`; whether the month has that day is for the command to ask. */
export const IsDay = (options?: ValidationOptions): PropertyDecorator => hasPattern(DAY, options)

/** A month, `YYYY-MM`. */
export const IsMonth = (options?: ValidationOptions): PropertyDecorator => hasPattern(MONTH, options)

function hasPattern(pattern: RegExp, options?: ValidationOptions): PropertyDecorator {
  const matches = Matches(pattern, options)
  return (contract, name) => {
    PATTERNED_FIELDS.push({ contract, name: String(name), pattern })
    matches(contract, name)
  }
}
