/*
 * How long an import keeps what it read. The law asks for no longer than the purpose needs and names no number:
 * both are local values, chosen so that a county has time to correct its rosters. (《个人信息保护法》第十九条)
 */

/** An upload that nobody carried out is cancelled after so many days. */
export const PREVIEW_KEPT_DAYS = 30

/** The rows of a finished import, the refused ones among them, are deleted after so many days. */
export const ROWS_KEPT_DAYS = 90
