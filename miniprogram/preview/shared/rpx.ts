const RPX = /(-?\d*\.?\d+)rpx\b/g

/** A page is 750 rpx wide. Its viewport is the phone frame, so one rpx is 100/750 vw. */
export function rpxToVw(css: string): string {
  return css.replace(RPX, (_, amount: string) => `${Number((Number(amount) / 7.5).toFixed(4))}vw`)
}
