import type { JsonObject } from '../http/json.js'
import type { Merchant, MerchantRegistry } from '../state/merchant-registry.js'
import type { OrderOwner } from '../state/sandbox-state.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { readOrderForm, readPartnerOrderForm, type OrderForm } from './order-form.js'
import { PayError } from './pay-error.js'

/** The two ways to collect: a merchant for itself, or a partner (服务商) for its sub-merchants. */
export interface MerchantMode {
  prefix: string
  readForm(body: JsonObject): OrderForm
  /**
   * @param read returns a field of the query or body.
   * @returns the owner of the orders that the call names.
   * @throws PayError when the caller does not own them.
   */
  owner(
    merchants: MerchantRegistry,
    merchant: Merchant,
    read: (name: string) => unknown,
    location: 'query' | 'body',
  ): OrderOwner
}

export const DIRECT: MerchantMode = {
  prefix: '/v3/pay/transactions',
  readForm: readOrderForm,
  owner(merchants, merchant, read, location) {
    checkCaller(merchants, merchant, read('mchid'), `/${location}/mchid`)
    if (merchant.subMerchants.length > 0) throw PayError.of(UNDOCUMENTED.partnerOnDirectRoute)
    return { mchid: merchant.mchid }
  },
}

export const PARTNER: MerchantMode = {
  prefix: '/v3/pay/partner/transactions',
  readForm: readPartnerOrderForm,
  owner(merchants, merchant, read, location) {
    checkCaller(merchants, merchant, read('sp_mchid'), `/${location}/sp_mchid`)
    if (merchant.subMerchants.length === 0) throw PayError.of(UNDOCUMENTED.merchantOnPartnerRoute)
    const subMchid = read('sub_mchid')
    const field = `/${location}/sub_mchid`
    if (typeof subMchid !== 'string' || subMchid === '')
      throw PayError.param(field, '参数不能为空：sub_mchid')
    if (!merchant.subMerchants.some(({ mchid }) => mchid === subMchid))
      throw PayError.of(UNDOCUMENTED.unrelatedSubMerchant)
    return { mchid: merchant.mchid, subMchid }
  },
}

function checkCaller(merchants: MerchantRegistry, merchant: Merchant, mchid: unknown, field: string): void {
  if (typeof mchid !== 'string' || mchid === '')
    throw PayError.param(field, `参数不能为空：${field.split('/').at(-1) ?? ''}`)
  if (mchid === merchant.mchid) return
  if (merchants.find(mchid)) throw PayError.of(UNDOCUMENTED.foreignMerchant)
  throw new PayError(400, 'MCH_NOT_EXISTS', '商户号不存在')
}
