import type { DataSource } from 'typeorm'
import { fieldCipher } from './encrypted-column.js'
import { KeyCheck } from './key-check.entity.js'

const ID = 'fields'

/** The value is made with the key of the blind index and stored encrypted, so the comparison checks both keys. */
const expected = () => fieldCipher().blindIndex('key-check', 'zhibu')

/**
 * Checks that the key file belongs to this database. With another key file, or a new one made after the old one was
 * lost, no stored ID number could be decrypted, and the old keys could not decrypt new rows. Call it after the
 * migrations.
 *
 * @throws Error when the key file does not belong to this database
 */
export async function checkKeys(dataSource: DataSource, keyFile: string): Promise<void> {
  const checks = dataSource.getRepository(KeyCheck)
  if (!(await checks.existsBy({ id: ID }))) {
    await checks.insert({ id: ID, value: expected() })
    return
  }
  const value = await checks.findOneByOrFail({ id: ID }).then(
    (check) => check.value,
    () => undefined,
  )
  if (value === expected()) return
  throw new Error(
    `密钥文件 ${keyFile} 不是这个数据库的，加密的内容读不出来。请放回原来的密钥文件（见 docs/operations.md），不要用新生成的。`,
  )
}
