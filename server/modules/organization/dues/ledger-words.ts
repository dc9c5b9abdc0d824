/** A bill's state on files and papers. */
export const STATE_IN_WORDS = { unpaid: '未缴', paid: '已缴', waived: '免缴', refunded: '已退' } as const
