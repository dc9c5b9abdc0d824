/**
 * Approves a request that nobody in the app may decide, by a document. Without `--request` it lists those requests.
 */
import { BindingDecisions } from '../modules/organization/bindings/binding-decisions.service.js'
import { BindingQueries } from '../modules/organization/bindings/bindings.queries.js'
import { ApprovalDecisions } from '../platform/approval/approval-decisions.js'
import { dayIn } from '../platform/config/business-time.js'
import { explainStart } from '../start-failure.js'
import { readArguments } from './arguments.js'
import { withInstallation } from './context.js'

const USAGE =
  'npm run approve -- --request 申请编号（或绑定申请的编号）--document 批准文件；不带参数时列出没有人可以决定的申请'

async function approve(): Promise<void> {
  if (process.argv.length <= 2) return list()
  const { request, document } = readArguments(['request', 'document'], USAGE)
  await withInstallation(async (app) => {
    const binding = await app.get(BindingQueries, { strict: false }).find(request)
    if (binding) await app.get(BindingDecisions, { strict: false }).confirmByOperator(request, document)
    else await app.get(ApprovalDecisions, { strict: false }).decideByOperator(request, document)
    process.stdout.write('已批准。\n')
  })
}

async function list(): Promise<void> {
  await withInstallation(async (app) => {
    const groups = await app.get(ApprovalDecisions, { strict: false }).waitingForOperator()
    const lines = groups.flatMap(([first, ...others]) =>
      first
        ? [
            `${first.groupId}  ${first.kind}  ${first.requesterName}  ${dayIn(first.requestedAt)} 提出，` +
              `${dayIn(first.lapsesAt)} 到期，共 ${others.length + 1} 项`,
          ]
        : [],
    )
    process.stdout.write(lines.length > 0 ? `${lines.join('\n')}\n` : '没有需要系统管理员决定的申请。\n')
  })
}

approve().catch(explainStart)
