/**
 * Every behaviour of this sandbox that no public document of WeChat states.
 *
 * Each value is the most plausible one known; a pilot against the real platform is expected to correct it here
 * and nowhere else. Documented limits live beside the code that applies them.
 *
 * More assumptions are the shape of the code and not a value: a call refused for its appid, secret or token does not
 * use up the code it carried; a Wechatpay-Serial in a request that the platform does not know is ignored, not
 * refused; among certificates it is WeChat who chooses, whichever the request names; while a merchant is moved to the
 * public key, its certificates stay in the list; a repeated notification keeps its id and create_time, while its
 * ciphertext is made anew, and may be signed with another key.
 */
const MINUTE_MS = 60_000

export const UNDOCUMENTED = {
  /** A code from wx.login: the document says "one use", the five minutes are hearsay. */
  loginCodeLifetimeMs: 5 * MINUTE_MS,

  /** Two hours is what everyone says; re-ordering with the same parameters gives a fresh one. */
  prepayIdLifetimeMs: 120 * MINUTE_MS,

  /** jscode2session has been seen to label its JSON as plain text; the other calls do not. */
  sessionContentType: 'text/plain',

  /** Answers of api.weixin.qq.com whose number is documented elsewhere, or not at all. */
  errcode: {
    wrongGrantType: 40002,
    openidDoesNotOwnPhoneCode: 40003,
    phoneCodeMissing: 40029,
    accessTokenMissing: 41001,
    forcedRefreshTooOften: 45009,
    unknownPath: 40066,
    invalidArgument: 40097,
    /** A person who has not used the mini-program for two hours cannot be asked about. */
    personNotSeenLately: 61010,
    contentTooLong: 45002,
    mediaUrl: 40066,
    scene: 40169,
    linkPath: 40165,
    linkQuery: 40212,
    linkExpiry: 85401,
    linkVersion: 85402,
  },

  /** How sure a content check is of its verdict, in percent; nobody should read it. */
  verdictProbability: 90,

  /** A message that is not answered with "success" within 5 s comes three times more; the pause is a guess. */
  messagePushRepetitions: 3,
  messagePushPauseMs: 5_000,

  /** Length of an access token: the document only asks callers to reserve at least 512 characters. */
  accessTokenLength: 512,

  /** What goes with these codes in logs; the documents give other words here and there. */
  usualMessages: {
    FREQUENCY_LIMITED: '频率超限，请降低请求频率后重试',
    SYSTEM_ERROR: '系统异常，请用相同参数重新调用',
  },

  /** Missing Accept or User-Agent: the words are known from logs, the status is not. */
  missingHeaders: { status: 400, code: 'PARAM_ERROR', message: 'Http头缺少Accept或User-Agent' },

  /** A merchant number in the call that is a merchant, but not the one that signed. */
  foreignMerchant: { status: 403, code: 'NO_AUTH', message: '商户号与签名商户不一致，无权限' },

  /** A partner collects for its sub-merchants only, and nobody else uses its routes: that is known, the words are not. */
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

  /** ORDER_CLOSED is in the error list of the close call; that a second close provokes it is an inference. */
  secondClose: { status: 400, code: 'ORDER_CLOSED', message: '该订单已关闭' },

  /** Reported from the field: closing a number never ordered succeeds, and the number cannot be ordered later. */
  closingBurnsUnknownNumbers: true,

  /** The payer of an order must be known to the mini-program; the wording is seen in logs. */
  unknownPayer: { status: 400, code: 'PARAM_ERROR', message: '无效的openid' },

  /** What wx.requestPayment says when the sheet refuses; only "ok" and "fail cancel" are documented. */
  paymentErrMsg: {
    badSignature: 'requestPayment:fail 支付验证签名失败',
    unknownPrepayId: 'requestPayment:fail 支付场景非法',
    expiredPrepayId: 'requestPayment:fail prepay_id已过期',
    otherPayer: 'requestPayment:fail 下单账号与支付账号不一致，请核实后再支付',
    alreadyPaid: 'requestPayment:fail 该订单已支付',
    orderClosed: 'requestPayment:fail 订单已关闭',
    orderExpired: 'requestPayment:fail 订单已过期',
  },

  /** How long a notification may take to be answered is documented (5 s); its User-Agent is as seen in logs. */
  notificationUserAgent: 'Mozilla/4.0',

  /** The platform demands https; a sandbox on this machine also calls plain http on the loopback interface. */
  plainHttpLoopbackNotifyUrl: true,
} as const
