/**
 * The settings that differ between installations.
 *
 * A mini-program has no environment variables, so its AppID determines the server.
 * With an AppID that is not listed, it calls the origin it was loaded from, which is correct in the browser preview.
 */
const API_ORIGINS: Record<string, string> = {
  // wx0000000000000000: 'https://dangjian.example.gov.cn',
}

/**
 * The server's origin without a trailing slash. The WeChat console must list it as a request, upload and download
 * domain.
 */
export const apiOrigin = API_ORIGINS[wx.getAccountInfoSync().miniProgram.appId] ?? ''

/** The operator's 备案号. Nothing is shown when it is empty. */
export const filingNumber = ''

/**
 * The name under which app.json declares WeChat's 同声传译 plugin, normally `WechatSI`. If app.json does not declare
 * it, because the operator has not added it in the console, the program does not offer to read aloud.
 */
export const speechPlugin = 'WechatSI'
