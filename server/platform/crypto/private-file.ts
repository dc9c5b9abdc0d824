import { statSync } from 'node:fs'

const OTHERS_MAY_READ = 0o077

/**
 * @param what what the file is, in Chinese, for the operator
 * @throws when anybody but the owner may read the file, naming the command that puts it right
 */
export function refuseReadableFile(file: string, what: string): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
  if ((mode & OTHERS_MAY_READ) === 0) return
  throw new Error(
    `${what} ${file} 其他人也能读（权限 ${(mode & 0o777).toString(8)}）。请执行 chmod 600 ${file}`,
  )
}
