import { Injectable } from '@nestjs/common'
import type { BranchContact, Decision, Task, Today } from '../../contracts/home/today.js'
import type { Actor } from '../../platform/access/actor.js'
import { Clock } from '../../platform/config/clock.js'
import { TASK_RANK, type HomePart } from '../home-part/index.js'
import { BindingQueries, UnitDirectory, UnitPosts } from '../organization/index.js'
import { HomeParts } from './home-parts.js'

/** The home page shows the most important tasks only. */
const MOST_TASKS = 3

/** What a person has to do today, and whom they can ask. */
@Injectable()
export class TodayPage {
  constructor(
    private readonly parts: HomeParts,
    private readonly units: UnitDirectory,
    private readonly posts: UnitPosts,
    private readonly bindings: BindingQueries,
    private readonly clock: Clock,
  ) {}

  async today(actor: Actor): Promise<Today> {
    const [own, decisions, contact] = await Promise.all([
      this.parts.ask((part) => tasksOf(part, actor)),
      this.parts.ask((part) => part.decisionsFor?.(actor)),
      this.contact(actor),
    ])
    const tasks = [...own.flat(), ...shared(decisions.flat())]
    const shown = tasks.sort((one, other) => one.rank - other.rank).slice(0, MOST_TASKS)
    return { date: this.clock.today(), tasks: shown.map(({ rank: _, ...task }) => task), contact }
  }

  /** The person's unit, or the one that their latest claim is about. */
  private async contact({ accountId, membership }: Actor): Promise<BranchContact | null> {
    const unitId = membership?.unitId ?? (await this.bindings.latest(accountId))?.unitId ?? null
    if (unitId === null) return null
    const [unit, secretaryName] = await Promise.all([this.units.get(unitId), this.posts.secretaryOf(unitId)])
    return { unitName: unit.name, phone: unit.phone, secretaryName }
  }
}

type RankedTask = Task & { rank: number }

/** The tasks of a feature; fields that they do not use get default values. */
async function tasksOf(part: HomePart, actor: Actor): Promise<RankedTask[]> {
  const { taskKind: kind } = part
  if (!kind || !part.tasksFor) return []
  const tasks = await part.tasksFor(actor)
  return tasks.map((task) => ({ kind, amountFen: null, billIds: [], decisions: [], ...task }))
}

/** The one task of all requests that wait for the actor; none while nothing waits. */
function shared(decisions: Decision[]): RankedTask[] {
  if (decisions.length === 0) return []
  return [
    {
      rank: TASK_RANK.decision,
      kind: 'decide',
      title: '等我处理',
      detail: decisions.map(({ words }) => words).join('，'),
      action: '去处理',
      amountFen: null,
      billIds: [],
      decisions,
    },
  ]
}
