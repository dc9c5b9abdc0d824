import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'

/** The keys of an installation. Losing this file means losing every encrypted field: see docs/operations.md. */
export interface KeyRing {
  /** Id of the key that new values are encrypted with. */
  current: string
  /** Key id → 32 bytes, base64. Old keys stay, so that old values can be read. */
  encryption: Record<string, string>
  /** 32 bytes, base64; never changes, or stored indices would find nothing. */
  blindIndex: string
  /** 32 bytes, base64; signs the tokens of sessions. */
  token: string
}

const newKey = () => randomBytes(32).toString('base64')

/** Reads the key file, and makes it on first start, readable by its owner alone. */
export function loadOrCreateKeyRing(file: string): KeyRing {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as KeyRing
  const ring: KeyRing = {
    current: 'k1',
    encryption: { k1: newKey() },
    blindIndex: newKey(),
    token: newKey(),
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(ring, null, 2)}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  try {
    // A link fails when the file exists: of two processes that start at once, the second takes the first's keys.
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return JSON.parse(readFileSync(file, 'utf8')) as KeyRing
  } finally {
    unlinkSync(draft)
  }
  return ring
}
