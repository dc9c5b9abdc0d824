export const TEXT_SIZES = ['standard', 'large', 'elder'] as const
/** How large a person wants letters and buttons. */
export type TextSize = (typeof TEXT_SIZES)[number]
