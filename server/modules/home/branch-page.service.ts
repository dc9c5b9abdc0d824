import { Injectable } from '@nestjs/common'
import type { MyBranch } from '../../contracts/home/branch.js'
import type { Actor } from '../../platform/access/actor.js'
import { NotFound } from '../../platform/http/errors.js'
import type { BranchSection } from '../home-part/index.js'
import { UnitDirectory } from '../organization/index.js'
import { HomeParts } from './home-parts.js'

const NOTHING_YET: Required<BranchSection> = { memberCount: 0, people: [], months: [] }

/** My branch: its card, and what each feature knows of it. */
@Injectable()
export class BranchPage {
  constructor(
    private readonly parts: HomeParts,
    private readonly units: UnitDirectory,
  ) {}

  async branch({ membership }: Actor): Promise<MyBranch> {
    if (!membership) throw new NotFound()
    const unitId = await this.units.branchOf(membership.unitId)
    const [card, sections] = await Promise.all([
      this.units.card(unitId),
      this.parts.ask((part) => part.branchSectionFor?.(unitId, membership.memberId)),
    ])
    return Object.assign({ unitId, ...card, ...NOTHING_YET }, ...sections) as MyBranch
  }
}
