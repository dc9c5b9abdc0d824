import type { PaymentRequest } from '../../../server/contracts/platform/payment.js'

/**
 * Shows WeChat's payment sheet.
 * @returns false when the person closed it. True does not prove a payment; the server must be asked.
 */
export async function askWechat(request: PaymentRequest): Promise<boolean> {
  try {
    await wx.requestPayment(request)
    return true
  } catch {
    return false
  }
}
