import type { Tile } from '../../server/contracts/home/menu.js'
import type { Decision, Task } from '../../server/contracts/home/today.js'

/** What the form of a post does. */
export type PostForm = 'hold' | 'end' | 'correct'

/** The routes of all pages, so that a moved page needs a change only here. */
export const routes = {
  home: '/pages/home/index',
  branch: '/pages/branch/index',
  me: '/pages/me/index',
  manage: '/pages/manage/index',
  privacy: '/pages/privacy/index',
  privacyAfterWithdrawal: '/pages/privacy/index?withdrawn=1',
  bind: '/pages/bind/index',
  bills: '/pages/bills/index',
  disclosures: '/pages/disclosures/index',
  devices: '/pages/devices/index',
  art23: '/pages/art-23/index',
  payment: (tradeNo: string, shown: 'confirming' | 'cancelled' | 'asked') =>
    `/pages/payment/index?tradeNo=${encodeURIComponent(tradeNo)}&shown=${shown}`,
  bindings: '/packages/manage/bindings/index',
  approvals: '/packages/manage/approvals/index',
  disclosureAlerts: '/packages/manage/disclosure-alerts/index',
  myApprovals: '/packages/manage/my-approvals/index',
  changePhone: (id: string) => `/packages/manage/change-phone/index?id=${id}`,
  pin: '/packages/manage/pin/index',
  roles: '/packages/manage/roles/index',
  /** Without a member the role is for an office. */
  giveRole: (memberId = '') => `/packages/manage/give-role/index?memberId=${memberId}`,
  myRoles: '/packages/manage/my-roles/index',
  members: (assessment?: 'missing') =>
    `/packages/manage/members/index${assessment ? `?assessment=${assessment}` : ''}`,
  member: (id: string) => `/packages/manage/member/index?id=${id}`,
  facts: (id: string) => `/packages/manage/facts/index?id=${id}`,
  recordFact: (id: string) => `/packages/manage/record-fact/index?id=${id}`,
  duesPolicy: '/packages/manage/dues-policy/index',
  posts: '/packages/manage/posts/index',
  recordPost: (unitId: string, kind: PostForm, id = '') =>
    `/packages/manage/record-post/index?unitId=${unitId}&kind=${kind}&id=${id}`,
  assess: (id: string) => `/packages/manage/assess/index?id=${id}`,
  ledger: (month?: string) => `/packages/manage/ledger/index${month ? `?month=${month}` : ''}`,
  ledgerMonths: '/packages/manage/ledger-months/index',
  differences: '/packages/manage/differences/index',
  generate: (month?: string) => `/packages/manage/generate/index${month ? `?month=${month}` : ''}`,
  imports: '/packages/manage/imports/index',
  rosterImport: (id: string) => `/packages/manage/import/index?id=${id}`,
  importRows: (id: string, kind: string) => `/packages/manage/import-rows/index?id=${id}&kind=${kind}`,
}

/** The page that the button of a task opens. A `decide` task opens the page of its first decision. */
export function taskRoute({ kind, decisions }: Pick<Task, 'kind' | 'decisions'>): string {
  const [first] = decisions
  return kind === 'decide' && first ? DECISION_ROUTES[first.kind] : TASK_ROUTES[kind]
}

const TASK_ROUTES: Record<Task['kind'], string> = {
  'pay-dues': routes.bills,
  bind: routes.bind,
  decide: routes.manage,
  'correct-import': routes.imports,
}

const DECISION_ROUTES: Record<Decision['kind'], string> = {
  bindings: routes.bindings,
  approvals: routes.approvals,
  disclosures: routes.disclosureAlerts,
}

/** The page and icon of each tile of 管理, in display order. */
export const TILES: Record<Tile['kind'], { url: string; icon: string }> = {
  'dues-generation': { url: routes.generate(), icon: 'todo-list-o' },
  'dues-ledger': { url: routes.ledgerMonths, icon: 'calendar-o' },
  members: { url: routes.members(), icon: 'friends-o' },
  'dues-policy': { url: routes.duesPolicy, icon: 'balance-list-o' },
  posts: { url: routes.posts, icon: 'cluster-o' },
  'roster-imports': { url: routes.imports, icon: 'description-o' },
  bindings: { url: routes.bindings, icon: 'user-circle-o' },
  roles: { url: routes.roles, icon: 'manager-o' },
}

export function open(url: string): void {
  void wx.navigateTo({ url })
}

/** Opens the privacy page. Pages that load in parallel may call this several times; only the first call has an effect. */
export function showConsent(): void {
  const pages = getCurrentPages()
  const top = pages[pages.length - 1]
  if (top && `/${top.route}` === routes.privacy) return
  void wx.reLaunch({ url: routes.privacy })
}

/** Returns to the previous page, or to home when this page was opened directly. */
export function goBack(): void {
  if (getCurrentPages().length > 1) void wx.navigateBack()
  else void wx.switchTab({ url: routes.home })
}
