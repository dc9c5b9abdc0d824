/*
 * How long it is kept who was signed in where. The law asks for no longer than the purpose needs
 * (《个人信息保护法》第十九条); the logs of a network have to be kept six months (《网络安全法》第二十一条).
 */

/** A session's row is deleted so many days after it has run out. */
export const SESSION_KEPT_DAYS = 180

/**
 * A refresh token's row is deleted so many days after it was issued. Longer than any session goes without a refresh
 * (`SESSION_SECONDS`, at most 30 days), so no token is deleted that still renews something.
 */
export const REFRESH_TOKEN_KEPT_DAYS = 31
