import type { MariadbInstance } from './mariadb-instance.js'
import { POOL_SIZE } from './settings.js'
import { APPID, type WechatAnswers } from './wechat-answers.js'

/** What an operator would have configured; nothing that production has is switched off. */
export function productionEnvironment(on: {
  mariadb: MariadbInstance
  database: string
  keyFile: string
  wechat: WechatAnswers
  /** Data folder of the server. */
  folder: string
}): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    DATA_DIR: on.folder,
    KEY_FILE: on.keyFile,
    DATABASE_URL: on.mariadb.urlOf(on.database),
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    // One machine asks for everybody here: counted like everything else, but never refused.
    LIMIT_PER_ADDRESS: '1000000',
    LIMIT_PER_ACCOUNT: '100000',
    ACCESS_SECONDS: '86400',
    PUBLIC_URL: 'https://zhibu.example.org',
    WECHAT_APPID: APPID,
    WECHAT_APP_SECRET: 'secret',
    WECHAT_API_URL: on.wechat.url,
    WECHAT_PAY_URL: on.wechat.url,
    WECHAT_PAY_CREDENTIALS: on.wechat.credentialsFile,
    NODE_EXTRA_CA_CERTS: on.wechat.certificateFile,
  }
}
