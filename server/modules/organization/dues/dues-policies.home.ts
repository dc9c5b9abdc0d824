import { Injectable } from '@nestjs/common'
import type { Tile } from '../../../contracts/home/menu.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ContributesToHome, type HomePart } from '../../home-part/index.js'

@Injectable()
@ContributesToHome()
export class DuesPoliciesHome implements HomePart {
  constructor(private readonly access: Access) {}

  tileFor(actor: Actor): Tile | null {
    return this.access.maySomewhere(actor, 'unit.manage')
      ? { kind: 'dues-policy', title: '党费缴纳规则' }
      : null
  }
}
