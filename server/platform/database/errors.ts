import { QueryFailedError } from 'typeorm'

interface DriverError {
  code?: string | number
  errno?: number
  message?: string
}

const driverErrorOf = (error: unknown): DriverError | undefined =>
  error instanceof QueryFailedError ? (error.driverError as DriverError) : undefined

/** 1213 deadlock, 1205 lock wait timeout; SQLITE_BUSY when another process holds the file. */
export function isDeadlock(error: unknown): boolean {
  const driver = driverErrorOf(error)
  return driver?.errno === 1213 || driver?.errno === 1205 || /SQLITE_BUSY/.test(String(driver?.code))
}

/** A unique index refused the row: somebody else was first. */
export function isDuplicate(error: unknown): boolean {
  const driver = driverErrorOf(error)
  return (
    driver?.errno === 1062 ||
    /SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(String(driver?.code)) ||
    /UNIQUE constraint failed/.test(String(driver?.message))
  )
}
