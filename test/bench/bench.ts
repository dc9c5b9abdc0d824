import type { DataSet } from './data-set.js'
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
  /** Built when it is first asked for. */
  dataSet: () => Promise<DataSet>
  /** A folder that is gone afterwards. */
  folder: string
  say: (line: string) => void
}

export interface Bench {
  name: string
  /** Whether its targets must be kept by the quick form too. */
  meansSomethingWhenQuick?: boolean
  targets: readonly Target[]
  /** Every key of the figures; what `--json` prints is checked against it. */
  keys: readonly string[]
  run: (world: World) => Promise<Figures>
}
