/**
 * The newest compatible release: with the same major version, or while that is 0 with the same minor version.
 * Undefined when the given one is the newest.
 */
export function newerRelease(current: string, published: readonly string[]): string | undefined {
  const own = numbersOf(current)
  if (!own) return undefined
  const newer = published
    .flatMap((version) => {
      const numbers = numbersOf(version)
      return numbers && promise(numbers) === promise(own) && compare(numbers, own) > 0
        ? [{ version, numbers }]
        : []
    })
    .sort((a, b) => compare(b.numbers, a.numbers))
  return newer[0]?.version
}

type Numbers = [major: number, minor: number, patch: number]

/** Undefined for a version before a release, such as 2.0.0-rc.1. */
function numbersOf(version: string): Numbers | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)(?:\+.*)?$/.exec(version) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)]
}

const promise = ([major, minor]: Numbers): string => (major === 0 ? `0.${minor}` : String(major))

const compare = (a: Numbers, b: Numbers): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
