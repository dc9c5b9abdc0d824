import type { Generation } from '../../../server/contracts/organization/generation.js'
import type { ImportRowKind, ImportState } from '../../../server/contracts/organization/roster-import.js'
import type { UnitKind } from '../../../server/contracts/organization/unit.js'
import type { StateLabel } from './tone'

export const GENERATION_STATES: Record<Generation['state'], StateLabel> = {
  waiting: { word: '排队中', tone: 'warning', icon: 'clock-o' },
  running: { word: '生成中', tone: 'warning', icon: 'clock-o' },
  done: { word: '已完成', tone: 'success', icon: 'passed' },
  failed: { word: '未完成', tone: 'danger', icon: 'warning-o' },
}

export const IMPORT_STATES: Record<ImportState, StateLabel> = {
  reading: { word: '读取中', tone: 'warning', icon: 'clock-o' },
  preview: { word: '待开始', tone: 'warning', icon: 'edit' },
  importing: { word: '导入中', tone: 'warning', icon: 'clock-o' },
  done: { word: '已完成', tone: 'success', icon: 'passed' },
  cancelled: { word: '已取消', tone: 'plain', icon: 'close' },
  failed: { word: '未完成', tone: 'danger', icon: 'warning-o' },
  unreadable: { word: '读不出来', tone: 'danger', icon: 'warning-o' },
}

export const IMPORT_ROW_KINDS: Record<ImportRowKind, string> = {
  new: '新增',
  changed: '有变化',
  same: '没有变化',
  refused: '不能导入',
  'unit-unknown': '党组织未找到',
}

export const UNIT_KINDS: Record<UnitKind, string> = {
  committee: '党委',
  'general-branch': '党总支',
  branch: '党支部',
  group: '党小组',
}
