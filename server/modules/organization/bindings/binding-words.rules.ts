import type { OwnBinding } from '../../../contracts/organization/binding.js'

interface NextStep {
  title: string
  detail: string
  action: string
}

const ONCE = '用微信手机号和支部花名册对应一次就好'

/** The next step of a person who is not bound yet, by the state of their latest claim. */
export function bindingTask(binding: OwnBinding | null): NextStep {
  if (!binding) return { title: '先找到您的党组织', detail: ONCE, action: '去绑定' }
  if (binding.state === 'pending') {
    return {
      title: '等支部确认',
      detail: `${binding.unitName ?? '支部'}的书记确认后就可以使用`,
      action: '查看进度',
    }
  }
  if (binding.state === 'name-needed') {
    return {
      title: '请补填姓名',
      detail: '这个手机号登记了不止一位党员，填好姓名才能请支部确认',
      action: '去填写',
    }
  }
  return { ...endingOf(binding), action: '重新绑定' }
}

function endingOf({ state, endedBy, reason }: OwnBinding): Omit<NextStep, 'action'> {
  if (endedBy === 'withdrawal') return { title: '您撤回了绑定申请', detail: `想绑定时再来，${ONCE}` }
  if (endedBy === 'consent-withdrawal')
    return { title: '撤回同意后，绑定已经解除', detail: `想绑定时再来，${ONCE}` }
  const title = state === 'rejected' ? '支部没有通过您的绑定' : '支部撤销了您的绑定'
  return { title, detail: reason ? `支部说明：${reason}` : '请与支部书记联系' }
}
