import { Injectable, Module } from '@nestjs/common'
import { DiscoveryModule, NestFactory } from '@nestjs/core'
import { HomeParts } from '../../../server/modules/home/home-parts.js'
import {
  ContributesToHome,
  type HomePart,
  type OwnTask,
  type TaskKind,
} from '../../../server/modules/home-part/index.js'

const partWith = (taskKind?: TaskKind) => {
  @Injectable()
  @ContributesToHome()
  class Part implements HomePart {
    readonly taskKind: TaskKind | undefined = taskKind
    tasksFor = (): Promise<OwnTask[]> => Promise.resolve([])
  }
  return Part
}

async function started(...kinds: Array<TaskKind | undefined>): Promise<void> {
  @Module({ imports: [DiscoveryModule], providers: [HomeParts, ...kinds.map(partWith)] })
  class House {}
  const app = await NestFactory.createApplicationContext(House, { logger: false, abortOnError: false })
  await app.close()
}

describe('a feature has tasks of one kind, and no other feature has it', () => {
  it('starts with a kind for each', async () => {
    await expect(started('bind', 'pay-dues')).resolves.toBeUndefined()
  })

  it('does not start with the same kind twice', async () => {
    await expect(started('bind', 'bind')).rejects.toThrow('two features have tasks of the kind bind')
  })

  it('does not start with tasks of no kind', async () => {
    await expect(started(undefined)).rejects.toThrow('does not say of which kind')
  })
})
