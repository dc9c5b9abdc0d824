/**
 * Every behaviour of this sandbox that no public document of WeChat states.
 *
 * Each value is the most plausible one known. A pilot against the real platform will correct the values here only.
 * Documented limits are constants beside the code that applies them.
 *
 * The code also makes assumptions that are not values:
 * - A call refused for its appid, secret or token does not use up the one-time code it carried.
 * - If a request carries a Wechatpay-Serial that the platform does not know, the platform ignores it.
 * - If several certificates are valid, WeChat chooses one, whichever the request names.
 * - While a merchant moves to the public key, its certificates stay in the list.
 * - A repeated notification keeps its id and create_time. Its ciphertext is new, and another key may sign it.
 */
const MINUTE_MS = 60_000

export const UNDOCUMENTED = {
  /** A code from wx.login. The document says "one use"; the five minutes come from user reports. */
  loginCodeLifetimeMs: 5 * MINUTE_MS,

  /** User reports say two hours. Ordering again with the same parameters gives a new prepay id. */
  prepayIdLifetimeMs: 120 * MINUTE_MS,

  /** jscode2session was observed to send its JSON with the content type of plain text; the other calls do not. */
  sessionContentType: 'text/plain',

  /** Errcodes of api.weixin.qq.com that the call's own document does not list. */
  errcode: {
    wrongGrantType: 40002,
    openidDoesNotOwnPhoneCode: 40003,
    phoneCodeMissing: 40029,
    accessTokenMissing: 41001,
    forcedRefreshTooOften: 45009,
    unknownPath: 40066,
    invalidArgument: 40097,
    /** Content checks are refused for a person who has not used the mini-program within two hours. */
    personNotSeenLately: 61010,
    contentTooLong: 45002,
    mediaUrl: 40066,
    scene: 40169,
    linkPath: 40165,
    linkQuery: 40212,
    linkExpiry: 85401,
    linkVersion: 85402,
  },

  /** The certainty that a content check reports for its verdict, in percent. Callers should not depend on it. */
  verdictProbability: 90,

  /** A message that is not answered with "success" within 5 s is sent three more times. The pause is a guess. */
  messagePushRepetitions: 3,
  messagePushPauseMs: 5_000,

  /** Length of an access token: the document only asks callers to reserve at least 512 characters. */
  accessTokenLength: 512,

  /** The messages seen with these codes in logs. Some documents give other texts. */
  usualMessages: {
    FREQUENCY_LIMITED: '频率超限，请降低请求频率后重试',
    SYSTEM_ERROR: '系统异常，请用相同参数重新调用',
  },

  /** Missing Accept or User-Agent: the message is known from logs, the status is a guess. */
  missingHeaders: { status: 400, code: 'PARAM_ERROR', message: 'Http头缺少Accept或User-Agent' },

  /** The call names another merchant than the one that signed. */
  foreignMerchant: { status: 403, code: 'NO_AUTH', message: '商户号与签名商户不一致，无权限' },

  /**
   * A partner collects for its sub-merchants only, and only partners may use the partner routes. The rule is
   * documented, the messages are not.
   */
  partnerOnDirectRoute: { status: 403, code: 'NO_AUTH', message: '服务商商户号请使用服务商接口' },
  merchantOnPartnerRoute: { status: 403, code: 'NO_AUTH', message: '商户号未开通服务商权限' },
  unrelatedSubMerchant: { status: 403, code: 'NO_AUTH', message: '特约商户与服务商没有绑定关系' },

  /** Whether wx.requestPayment also accepts the partner's appid when the order named a sub_appid. */
  partnerAppidOpensSheet: true,

  /** Asking again for a prepay_id after time_expire: the order is neither closed nor payable. */
  expiredOrderReentry: {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '订单已失效，请更换商户订单号后重新下单',
  },

  /** ORDER_CLOSED is in the error list of the close call. We assume that a second close returns it. */
  secondClose: { status: 400, code: 'ORDER_CLOSED', message: '该订单已关闭' },

  /** Users report that closing an unknown trade number succeeds, and that it cannot be ordered afterwards. */
  closingBlocksUnknownNumbers: true,

  /** The payer of an order must be known to the mini-program. The message is taken from logs. */
  unknownPayer: { status: 400, code: 'PARAM_ERROR', message: '无效的openid' },

  /** The errMsg of wx.requestPayment when the sheet refuses. Only "ok" and "fail cancel" are documented. */
  paymentErrMsg: {
    badSignature: 'requestPayment:fail 支付验证签名失败',
    unknownPrepayId: 'requestPayment:fail 支付场景非法',
    expiredPrepayId: 'requestPayment:fail prepay_id已过期',
    otherPayer: 'requestPayment:fail 下单账号与支付账号不一致，请核实后再支付',
    alreadyPaid: 'requestPayment:fail 该订单已支付',
    orderClosed: 'requestPayment:fail 订单已关闭',
    orderExpired: 'requestPayment:fail 订单已过期',
  },

  /** The User-Agent of notifications, as seen in logs. */
  notificationUserAgent: 'Mozilla/4.0',

  /** The platform demands https. The sandbox also calls plain http on the loopback interface. */
  plainHttpLoopbackNotifyUrl: true,
} as const
