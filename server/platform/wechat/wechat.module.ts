import { Global, Module } from '@nestjs/common'
import { Pauses } from './pauses.js'
import { PayClients } from './pay-clients.js'
import { WechatApi } from './wechat-api.js'

@Global()
@Module({ providers: [WechatApi, PayClients, Pauses], exports: [WechatApi, PayClients, Pauses] })
export class WechatModule {}
