import { Injectable } from '@nestjs/common'
import type { Tile } from '../../../contracts/home/menu.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ContributesToHome, type HomePart } from '../../home-part/index.js'

@Injectable()
@ContributesToHome()
export class GenerationsHome implements HomePart {
  constructor(private readonly access: Access) {}

  tileFor(actor: Actor): Tile | null {
    return this.access.maySomewhere(actor, 'dues.generate')
      ? { kind: 'dues-generation', title: '生成党费账单' }
      : null
  }
}
