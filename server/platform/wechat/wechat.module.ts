import { Global, Module } from '@nestjs/common'
import { PayClients } from './pay-clients.js'
import { WechatApi } from './wechat-api.js'

@Global()
@Module({ providers: [WechatApi, PayClients], exports: [WechatApi, PayClients] })
export class WechatModule {}
