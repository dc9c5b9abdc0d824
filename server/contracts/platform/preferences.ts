/** How large a person wants letters and buttons. */
export type TextSize = 'standard' | 'large' | 'elder'
