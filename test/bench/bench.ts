import type { Build } from './builds.js'
import type { CleanUp } from './clean-up.js'
import type { DataSet } from './data-set.js'
import type { Measure } from './rounds.js'
import type { Settings } from './settings.js'
import type { WechatAnswers } from './wechat-answers.js'

export interface Target {
  /** Key of the figure that has to keep it. */
  figure: string
  atLeast?: number
  atMost?: number
}

/** What a bench found: numbers by name, with the unit in the name. */
export type Figures = Record<string, number>

export interface World {
  settings: Settings
  wechat: WechatAnswers
  /** The product of this checkout. */
  build: Build
  /** The data set with the schema of that product; made when it is first asked for. */
  dataSet: (build: Build) => Promise<DataSet>
  /** Logs and other files of servers; gone after a run without errors. */
  folder: string
  /** Runs after each bench. */
  cleanUp: CleanUp
  say: (line: string) => void
}

/** How two builds of the product are compared: one after the other, round by round, each on its own data. */
export interface Comparison {
  /** Keys of what each round measures. */
  figures: readonly string[]
  /** Starts the product and warms it up. */
  prepare: (world: World, build: Build) => Promise<Measure>
}

export interface Bench {
  name: string
  /** Whether its targets must be kept by the quick form too. */
  meansSomethingWhenQuick?: boolean
  /** Which setting says how many rounds there are. Without one there are no rounds, and `--rounds` is refused. */
  rounds?: 'rounds' | 'generationRounds' | 'starts'
  targets: readonly Target[]
  /** Every key of the figures; what `--json` prints is checked against it. */
  keys: readonly string[]
  /** Whatever it starts it adds to `world.cleanUp`. */
  run: (world: World) => Promise<Figures>
  /** Without it `--against` is refused. */
  comparison?: Comparison
}
