import type { INestApplicationContext } from '@nestjs/common'
import { seedOrganization } from './organization/organization.seed.js'

/** What a module adds to the demonstration county. @param mchid merchant that collects the dues */
type Seed = (app: INestApplicationContext, mchid: string) => Promise<void>

/** One for each module, in the order of the modules: later ones build on what earlier ones made. */
const SEEDS: readonly Seed[] = [seedOrganization]

export async function seedDemonstrationCounty(app: INestApplicationContext, mchid: string): Promise<void> {
  for (const seed of SEEDS) await seed(app, mchid)
}
