import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const generate = promisify(generateKeyPair)

/**
 * Reads a PEM file of the state directory, or creates it. Only the user who runs the process may read the file.
 *
 * @returns the PEM text.
 */
export async function keptPem(directory: string, name: string, make: () => Promise<string>): Promise<string> {
  const path = join(directory, name)
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const pem = await make()
  await writeFile(path, pem, { mode: 0o600 })
  return pem
}

/** @returns a new RSA-2048 private key, PKCS#8 PEM. */
export async function newPrivateKeyPem(): Promise<string> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 })
  return exportPem(privateKey, 'pkcs8')
}

/** @returns the public key of a private key or certificate, SPKI PEM. */
export function publicKeyPem(pem: string): string {
  return exportPem(createPublicKey(pem), 'spki')
}

function exportPem(key: KeyObject, type: 'pkcs8' | 'spki'): string {
  return key.export({ type, format: 'pem' }).toString()
}
