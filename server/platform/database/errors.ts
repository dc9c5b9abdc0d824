import { QueryFailedError } from 'typeorm'

interface DriverError {
  code?: string | number
  errno?: number
  message?: string
}

const driverErrorOf = (error: unknown): DriverError | undefined =>
  error instanceof QueryFailedError ? (error.driverError as DriverError) : undefined

/** 1213 is a deadlock, 1205 a lock wait timeout; SQLITE_BUSY: another process has locked the file. */
export function isDeadlock(error: unknown): boolean {
  const driver = driverErrorOf(error)
  return driver?.errno === 1213 || driver?.errno === 1205 || /SQLITE_BUSY/.test(String(driver?.code))
}

/** A unique index or the primary key refused the row, because such a row exists already. */
export function isDuplicate(error: unknown): boolean {
  const driver = driverErrorOf(error)
  return (
    driver?.errno === 1062 ||
    /SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(String(driver?.code)) ||
    /UNIQUE constraint failed/.test(String(driver?.message))
  )
}
