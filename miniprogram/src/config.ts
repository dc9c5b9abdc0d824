/**
 * The one place where an installation differs from another.
 *
 * A mini-program has no environment variables, so the server is chosen by the AppID it runs under.
 * An AppID that is not listed asks the origin it was loaded from, which is right in the browser preview.
 */
const API_ORIGINS: Record<string, string> = {
  // wx0000000000000000: 'https://dangjian.example.gov.cn',
}

/** The server's origin without a trailing slash; it must be a request, upload and download domain in the WeChat console. */
export const apiOrigin = API_ORIGINS[wx.getAccountInfoSync().miniProgram.appId] ?? ''

/** 备案号 as granted to the operator; not shown while empty. */
export const filingNumber = ''

/**
 * Name under which app.json declares WeChat's 同声传译 plugin, normally `WechatSI`. Where app.json does not
 * declare it, because the operator has not added it in the console, nothing offers to read aloud.
 */
export const speechPlugin = 'WechatSI'
