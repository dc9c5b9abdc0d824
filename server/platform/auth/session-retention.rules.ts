/*
 * How long sign-in records are kept. The law allows no longer than the purpose needs (《个人信息保护法》第十九条), but network
 * logs have to be kept for six months (《网络安全法》第二十一条).
 */

/** Days after its expiry at which a session's row is deleted. */
export const SESSION_KEPT_DAYS = 180

/**
 * Days after its issue at which a refresh token's row is deleted. A session that is not refreshed ends earlier
 * (`SESSION_SECONDS`, at most 30 days), so no token is deleted that could still be used.
 */
export const REFRESH_TOKEN_KEPT_DAYS = 31
