import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'

/** The keys of an installation. Without this file every encrypted field is lost: see docs/operations.md. */
export interface KeyRing {
  /** Id of the key that encrypts new values. */
  current: string
  /** Key id → 32 bytes, base64. Old keys are kept to decrypt old values. */
  encryption: Record<string, string>
  /** 32 bytes, base64. It must never change, because stored blind indices would no longer match. */
  blindIndex: string
  /** 32 bytes, base64; signs the tokens of sessions. */
  token: string
}

const newKey = () => randomBytes(32).toString('base64')

/** Reads the key file. On first start creates it, readable only by its owner. */
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
    // `link` fails when the file exists. If two processes start at once, the second one uses the keys of the first.
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return JSON.parse(readFileSync(file, 'utf8')) as KeyRing
  } finally {
    unlinkSync(draft)
  }
  return ring
}
