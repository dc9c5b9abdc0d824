import { SetMetadata } from '@nestjs/common'

export const LISTENS_TO = 'zhibu:listens-to'

/**
 * The method is called after a committed event of that name, at least once, in the order of commits in the usual
 * case. It may be called again for the same event, and must then change nothing twice.
 */
export const On = (eventName: string) => SetMetadata(LISTENS_TO, eventName)
