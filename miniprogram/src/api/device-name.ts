/** As the server accepts it. */
const LONGEST_NAME = 60

/** Make and model, by which the owner knows the phone again; nothing when WeChat does not say. */
export function deviceName(): string | undefined {
  try {
    // since base library 2.20.1
    const { brand, model } = wx.getDeviceInfo()
    return nameFrom(brand, model)
  } catch {
    return undefined
  }
}

/** `iPhone`, `iPhone 15 Pro<iPhone16,1>` → `iPhone 15 Pro`; `HUAWEI`, `TAS-AL00` → `HUAWEI TAS-AL00` */
function nameFrom(brand: string, model: string): string | undefined {
  const make = readable(brand)
  const type = readable(model.split('<')[0] ?? '')
  const name = type.toLowerCase().startsWith(make.toLowerCase()) ? type : `${make} ${type}`
  return name.slice(0, LONGEST_NAME).trim() || undefined
}

/** Makers write what they like; what is neither Latin nor Chinese names no phone. */
function readable(text: string): string {
  return text.replace(/[^ -~\u4e00-\u9fff]/g, '').trim()
}
