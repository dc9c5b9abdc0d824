import type { DataSource } from 'typeorm'
import { fieldCipher } from './encrypted-column.js'
import { KeyCheck } from './key-check.entity.js'

const ID = 'fields'

/** Made with the key of the blind index and then encrypted, so that it needs both to come out the same. */
const expected = () => fieldCipher().blindIndex('key-check', 'zhibu')

/**
 * Makes sure that the key file belongs to this database: with another one, or with one that was made anew because
 * the old one was lost, every ID number would be unreadable and every new row unreadable to the old keys.
 *
 * @throws when it does not; call after the migrations
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
