import { element } from '../engine/element.js'
import { openLayer } from './layer.js'

export interface PaymentSheet {
  description: string
  /** Integer fen. */
  amountFen: number
}

/** Shows WeChat's payment sheet. @returns whether the person confirmed the payment. */
export function showPaymentSheet({ description, amountFen }: PaymentSheet): Promise<boolean> {
  return new Promise((resolve) => {
    const layer = openLayer({ kind: 'sheet', label: '微信支付', onDismiss: () => resolve(false) })
    const pay = layer.button(
      '支付',
      () => {
        layer.close()
        resolve(true)
      },
      'preview-pay',
    )
    layer.panel.append(
      element('p', 'preview-pay-description', description),
      element('p', 'preview-pay-amount', `¥${(amountFen / 100).toFixed(2)}`),
      pay,
      layer.button('取消', () => layer.dismiss(), 'preview-sheet-item preview-sheet-cancel'),
    )
  })
}
