import { Injectable } from '@nestjs/common'
import { In, IsNull } from 'typeorm'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { fieldCipher } from '../../../platform/database/encrypted-column.js'
import { newId } from '../../../platform/database/ids.js'
import { OfficeRecord } from './office.entity.js'

export interface NewOffice {
  unitId: string
  title: string
  personName: string
  /** By which the person takes the office; null when `accountId` is known. */
  phone: string | null
  accountId: string | null
  document: string | null
  openedBy: string | null
}

/** Named offices of units and who sits in them. It authorizes nobody: whoever calls has done so. */
@Injectable()
export class Offices {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns its id */
  async open(office: NewOffice): Promise<string> {
    const id = newId()
    const now = this.clock.now()
    await this.database.repository(OfficeRecord).insert({
      ...office,
      id,
      phoneIndex: office.phone === null ? null : phoneIndexOf(office.phone),
      openedAt: now,
      takenAt: office.accountId === null ? null : now,
      closedAt: null,
    })
    return id
  }

  /** Offices with this telephone in which nobody sits yet. */
  vacantWithPhone(phone: string): Promise<OfficeRecord[]> {
    return this.database
      .repository(OfficeRecord)
      .findBy({ phoneIndex: phoneIndexOf(phone), accountId: IsNull(), closedAt: IsNull() })
  }

  /** A key by which the same telephone number is recognized without being known. */
  keyOf(phone: string): string {
    return phoneIndexOf(phone)
  }

  /** @returns false when somebody else took it meanwhile */
  take(id: string, accountId: string): Promise<boolean> {
    return this.database.compareAndSet(
      'UPDATE office SET accountId = ?, takenAt = ? WHERE id = ? AND accountId IS NULL AND closedAt IS NULL',
      [accountId, this.clock.now(), id],
    )
  }

  /** The office is given up: its telephone number is deleted. @returns false when it was closed before */
  close(id: string): Promise<boolean> {
    // The account stays on the row: what its person did is still theirs.
    return this.database.compareAndSet(
      'UPDATE office SET closedAt = ?, phone = NULL, phoneIndex = NULL WHERE id = ? AND closedAt IS NULL',
      [this.clock.now(), id],
    )
  }

  /** Offices in which the account sits. */
  ofAccount(accountId: string): Promise<OfficeRecord[]> {
    return this.database.repository(OfficeRecord).findBy({ accountId, closedAt: IsNull() })
  }

  /** The latest office of each of these accounts, closed ones too: account id → office id. */
  async ofAccounts(accountIds: readonly string[]): Promise<Map<string, string>> {
    if (accountIds.length === 0) return new Map()
    const offices = await this.database
      .repository(OfficeRecord)
      .find({ where: { accountId: In([...accountIds]) }, order: { id: 'ASC' } })
    return new Map(offices.map(({ id, accountId }) => [accountId ?? '', id]))
  }

  /** Offices by id, closed ones too; unknown ids are left out. */
  async byId(ids: Iterable<string>): Promise<Map<string, OfficeRecord>> {
    const wanted = [...new Set(ids)]
    if (wanted.length === 0) return new Map()
    const offices = await this.database.repository(OfficeRecord).findBy({ id: In(wanted) })
    return new Map(offices.map((office) => [office.id, office]))
  }
}

const phoneIndexOf = (phone: string): string => fieldCipher().blindIndex('office.phone', phone)
