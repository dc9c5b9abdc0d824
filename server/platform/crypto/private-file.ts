import { statSync } from 'node:fs'

const OTHERS_MAY_READ = 0o077

/**
 * @param what the kind of file, in Chinese, for the operator
 * @throws when users other than the owner may access the file; the message contains the chmod command
 */
export function refuseReadableFile(file: string, what: string): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
  if ((mode & OTHERS_MAY_READ) === 0) return
  throw new Error(
    `${what} ${file} 其他人也能读（权限 ${(mode & 0o777).toString(8)}）。请执行 chmod 600 ${file}`,
  )
}
