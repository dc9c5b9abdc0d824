import { statSync } from 'node:fs'
import { Logger } from '@nestjs/common'
import type { Clock } from '../config/clock.js'
import { refuseReadableFile } from '../crypto/private-file.js'
import { downloadCertificates } from './certificate-download.js'
import { readPayCredentials, type PayCredentials } from './pay-credentials.js'
import { PayKeyBook } from './pay-key-book.js'
import { within } from './within.js'

/** WeChat lists a new certificate a day before it is used and wants to be asked at least every twelve hours. */
const REFRESH_EVERY_MS = 6 * 3600_000
const RETRY_EVERY_MS = 10 * 60_000
/** However many messages name unknown keys, we look for them once in this time. */
const LOOK_UP_EVERY_MS = 60_000
/** Without any key, people who tap do not make us ask more often than this. */
const READY_EVERY_MS = 3_000
/** What WeChat names a key; anything else is not worth looking for. */
const PLAUSIBLE_SERIAL = /^(PUB_KEY_ID_\w{1,64}|[0-9A-F]{16,64})$/i

/**
 * What one merchant signs with and what it knows of WeChat's keys. Both may change while the server runs: the operator
 * writes new keys into the credentials file, WeChat issues new certificates.
 */
export class MerchantKeys {
  private readonly logger = new Logger(MerchantKeys.name)
  private current: { credentials: PayCredentials; book: PayKeyBook }
  private readAt: number
  private refreshAt = 0
  private lookUpAt = 0
  private readyAt = 0
  private underway: Promise<void> | undefined

  /**
   * @param mustBePrivate whether a file that others may read is refused, now and when it is changed
   * @throws when the file cannot be read, lacks something or is not private
   */
  constructor(
    private readonly file: string,
    private readonly payUrl: string,
    private readonly clock: Clock,
    private readonly mustBePrivate: boolean,
  ) {
    this.readAt = changedAt(file)
    const credentials = this.read()
    this.current = { credentials, book: new PayKeyBook(credentials.wechatPublicKeys) }
  }

  get credentials(): PayCredentials {
    return this.current.credentials
  }

  get book(): PayKeyBook {
    return this.current.book
  }

  /** Changes whenever a key does. */
  get version(): object {
    return this.current
  }

  /** By the clock: reads the file again when it was changed, and the certificates when they are due. */
  async keepFresh(): Promise<void> {
    this.readAgain()
    if (this.clock.now().getTime() >= this.refreshAt) await this.refresh()
  }

  /**
   * In certificate mode nothing can be verified before the first download.
   * @param patienceMs how long the caller can wait; the download goes on for those who come later
   */
  async ready(patienceMs: number): Promise<void> {
    const now = this.clock.now()
    if (this.book.askedFor(now) !== undefined) return
    const isDue = now.getTime() >= this.readyAt
    if (!isDue && !this.underway) return
    if (isDue) this.readyAt = now.getTime() + READY_EVERY_MS
    await within(patienceMs, this.refresh())
  }

  /**
   * A message names a key that is not known: it may be new. Anybody can send such a message, so this looks once a minute.
   * @param patienceMs how long the caller can wait; as long as it takes when left out
   * @returns whether the key is known now
   */
  async lookUp(serial: string, patienceMs?: number): Promise<boolean> {
    const now = this.clock.now()
    const isDue = now.getTime() >= this.lookUpAt
    if (PLAUSIBLE_SERIAL.test(serial) && (isDue || this.underway)) {
      if (isDue) this.lookUpAt = now.getTime() + LOOK_UP_EVERY_MS
      this.readAgain()
      if (!this.book.keyOf(serial, now)) await within(patienceMs, this.refresh())
    }
    return this.book.keyOf(serial, now) !== undefined
  }

  /** Takes over a changed credentials file; a broken one is reported and changes nothing. @returns whether it changed */
  readAgain(): boolean {
    const changed = changedAt(this.file)
    if (changed === this.readAt) return false
    this.readAt = changed
    try {
      const credentials = this.read()
      if (credentials.mchid !== this.credentials.mchid) throw new Error(`${this.file} 换成了另一个商户号`)
      this.current = { credentials, book: this.book.withPublicKeys(credentials.wechatPublicKeys) }
      this.logger.log({ mchid: credentials.mchid }, 'payment credentials were changed')
      return true
    } catch (error) {
      this.logger.error({ file: this.file, error }, 'changed payment credentials cannot be used')
      return false
    }
  }

  private read(): PayCredentials {
    if (this.mustBePrivate) refuseReadableFile(this.file, '商户凭据文件')
    return readPayCredentials(this.file)
  }

  /** Whoever wants certificates while they are being fetched waits for the same answer. Never fails. */
  private refresh(): Promise<void> {
    this.underway ??= this.download().finally(() => (this.underway = undefined))
    return this.underway
  }

  private async download(): Promise<void> {
    const now = this.clock.now()
    const { credentials } = this
    try {
      const listed = await downloadCertificates(credentials, this.book, this.payUrl, now)
      // Merchants that never had certificates know WeChat by its public key alone.
      if (listed) this.current = { credentials: this.credentials, book: this.book.withCertificates(listed) }
      this.refreshAt = now.getTime() + REFRESH_EVERY_MS
    } catch (error) {
      this.refreshAt = now.getTime() + RETRY_EVERY_MS
      const reason = error instanceof Error ? error.message : ''
      this.logger.warn({ mchid: credentials.mchid, reason }, 'platform certificates could not be fetched')
    }
  }
}

/**
 * When the file or its permissions were last changed; 0 while it is missing, as it may be for a moment while it is
 * replaced.
 */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0
}
