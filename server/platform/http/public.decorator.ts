import { SetMetadata } from '@nestjs/common'

export const IS_PUBLIC = 'zhibu:public'

/** Anybody may call this route, signed in or not. Every other route names a permission. */
export const Public = () => SetMetadata(IS_PUBLIC, true)
