import { SetMetadata } from '@nestjs/common'
import type { HomePart } from './home-part.js'

export const CONTRIBUTES_TO_HOME = 'zhibu:contributes-to-home'

/** Marks a provider whose descriptions `home` composes. It is found when the application starts. */
export const ContributesToHome = (): (<T extends new (...args: never[]) => HomePart>(target: T) => void) =>
  SetMetadata(CONTRIBUTES_TO_HOME, true)
