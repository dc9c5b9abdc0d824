import { statSync } from 'node:fs'
import { Logger } from '@nestjs/common'
import type { Clock } from '../config/clock.js'
import { refuseReadableFile } from '../crypto/private-file.js'
import { downloadCertificates } from './certificate-download.js'
import { readPayCredentials, type PayCredentials } from './pay-credentials.js'
import { PayKeyBook } from './pay-key-book.js'
import { within } from './within.js'

/** WeChat lists a new certificate a day before it is used and asks merchants to download at least every twelve hours. */
const REFRESH_EVERY_MS = 6 * 3600_000
const RETRY_EVERY_MS = 10 * 60_000
/** Unknown keys are looked up at most once in this time, however many messages name them. */
const LOOK_UP_EVERY_MS = 60_000
/** Without any key, requests start a download at most once in this time. */
const READY_EVERY_MS = 3_000
/** The form of WeChat's key names. Other names are not looked up. */
const PLAUSIBLE_SERIAL = /^(PUB_KEY_ID_\w{1,64}|[0-9A-F]{16,64})$/i

/**
 * The credentials of one merchant and the keys of WeChat that it knows. Both may change while the server runs: the
 * operator writes new keys into the credentials file, and WeChat issues new certificates.
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
   * @param mustBePrivate whether a file that other users may read is refused, now and after each change
   * @throws when the file cannot be read, lacks a field or is not private
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

  /** A new object after every change of a key. */
  get version(): object {
    return this.current
  }

  /** Called by the scheduler. Reads the file again when it has changed, and downloads certificates when they are due. */
  async keepFresh(): Promise<void> {
    this.readAgain()
    if (this.clock.now().getTime() >= this.refreshAt) await this.refresh()
  }

  /**
   * Waits for the first key. In certificate mode no answer can be verified before the first download.
   * @param patienceMs how long the caller can wait; the download continues for later callers
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
   * Looks up a key that a message names and that is not known; it may be new. Anybody can send such a message, so this
   * looks at most once a minute.
   * @param patienceMs how long the caller can wait; undefined: until the look-up ends
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

  /** Loads a changed credentials file. A wrong file is logged and not used. @returns whether the credentials changed */
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

  /** Downloads the certificates. Concurrent callers share one download. Never rejects. */
  private refresh(): Promise<void> {
    this.underway ??= this.download().finally(() => (this.underway = undefined))
    return this.underway
  }

  private async download(): Promise<void> {
    const now = this.clock.now()
    const { credentials } = this
    try {
      const listed = await downloadCertificates(credentials, this.book, this.payUrl, now)
      // A merchant in public-key mode has no certificates; its book keeps the public keys only.
      if (listed) this.current = { credentials: this.credentials, book: this.book.withCertificates(listed) }
      this.refreshAt = now.getTime() + REFRESH_EVERY_MS
    } catch (error) {
      this.refreshAt = now.getTime() + RETRY_EVERY_MS
      const reason = error instanceof Error ? error.message : ''
      this.logger.warn({ mchid: credentials.mchid, reason }, 'platform certificates could not be fetched')
    }
  }
}

/** When the file or its permissions were last changed; 0 while it is missing, which can happen during a replacement. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0
}
