/** The longest name that the server accepts, in characters. */
const LONGEST_NAME = 60

/** Make and model, by which the owner recognizes the phone; undefined when WeChat does not provide them. */
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

/** Manufacturers use any characters here. Characters that are neither Latin nor Chinese are removed. */
function readable(text: string): string {
  return text.replace(/[^ -~\u4e00-\u9fff]/g, '').trim()
}
