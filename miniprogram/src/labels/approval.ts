import type { ApprovalState } from '../../../server/contracts/platform/approval.js'
import type { StateLabel } from './tone'

export const APPROVAL_STATES: Record<ApprovalState, StateLabel> = {
  waiting: { word: '等待决定', tone: 'warning', icon: 'clock-o' },
  approved: { word: '已同意', tone: 'success', icon: 'passed' },
  refused: { word: '未同意', tone: 'danger', icon: 'warning-o' },
  withdrawn: { word: '已撤回', tone: 'plain', icon: 'close' },
  lapsed: { word: '已过期', tone: 'plain', icon: 'clock-o' },
}
