import { load, type Caller } from './load.js'
import type { Settings } from './settings.js'

const MOST_SECONDS = 60

/**
 * Asks until the server runs as it will run for days: V8 compiles what is called often, and on a busy machine that
 * takes its time.
 */
export async function warmUp(url: string, callers: readonly Caller[], settings: Settings): Promise<void> {
  const options = { connections: settings.connections, seconds: settings.warmUpSeconds }
  const startedAt = performance.now()
  for (let done = 0; done < settings.warmUpRequests && performance.now() - startedAt < MOST_SECONDS * 1000;) {
    done += (await load(url, callers, options)).requests
  }
}
