import type { PermissionTable } from '../../server/platform/access/permission-table.js'

/** The two holders that need no grant, as columns beside the roles. */
const HOLDERS = { account: '每个登录的人', member: '每名绑定已确认的党员' }

/** `docs/permissions.md`: the table of permissions, to be printed and signed. */
export function permissionsPage({ roles, rules }: PermissionTable): string {
  const holders = [...Object.entries(HOLDERS), ...[...roles].map(([role, { name }]) => [role, name] as const)]
  const marks = (held: readonly string[]) => holders.map(([holder]) => (held.includes(holder) ? '√' : ''))
  const rows = [...rules].map(([permission, rule]) => ({
    cells: [`\`${permission}\``, rule.allows, ...marks('roles' in rule ? rule.roles : [rule.heldBy])],
    isOwn: !('roles' in rule),
  }))
  const names = holders.map(([, name]) => name)
  return [
    '# 权限表',
    '',
    '谁可以做什么，全部在这一页。程序按这张表放行，表里没有写的一律不许。',
    '',
    '本页由程序里的权限表生成，不要手改：改了程序里的表以后，用 `UPDATE_PERMISSIONS=1 npx jest test/architecture/permissions-page` 重新生成；两者不一致，检查不会通过。',
    '',
    '## 角色',
    '',
    ...table(
      ['角色', '代号', '说明'],
      [...roles].map(([role, { name, describes }]) => [name, `\`${role}\``, describes]),
    ),
    '',
    '角色授予某个人，管到某个党组织和它的全部下级；范围以外的，看不到，也办不了。一个人可以有几个角色，权限相加。收回授权，几秒内失效。',
    '',
    '## 每个人对自己的事',
    '',
    '不用授权，只管到本人。',
    '',
    ...table(
      ['权限', '可以做什么', ...names.slice(0, 2)],
      rows.filter(({ isOwn }) => isOwn).map(({ cells }) => cells.slice(0, 4)),
    ),
    '',
    '## 对党组织的事',
    '',
    '只在授权的党组织和它的下级范围内有效。',
    '',
    ...table(
      ['权限', '可以做什么', ...names.slice(2)],
      rows.filter(({ isOwn }) => !isOwn).map(({ cells }) => [...cells.slice(0, 2), ...cells.slice(4)]),
    ),
    '',
    '## 审定',
    '',
    '以上权限设置已经审定，同意按此执行。',
    '',
    '单位（盖章）：＿＿＿＿＿＿＿＿＿＿　审定人（签字）：＿＿＿＿＿＿＿＿　日期：＿＿＿＿年＿＿月＿＿日',
    '',
  ].join('\n')
}

const table = (head: string[], rows: string[][]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
