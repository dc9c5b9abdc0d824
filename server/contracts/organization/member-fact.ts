export const SEXES = ['male', 'female'] as const
export type Sex = (typeof SEXES)[number]

/** 人员类别 */
export const MEMBER_CATEGORIES = ['formal', 'probationary'] as const
export type MemberCategory = (typeof MEMBER_CATEGORIES)[number]

/** 党籍状态: the dues of a suspended member are not generated. */
export const MEMBER_STANDINGS = ['normal', 'suspended'] as const
export type MemberStanding = (typeof MEMBER_STANDINGS)[number]
