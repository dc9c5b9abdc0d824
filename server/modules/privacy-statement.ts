import type { PrivacyStatement } from '../contracts/platform/privacy.js'

/** A new version asks everybody again, at their next sign-in. */
export const PRIVACY_STATEMENT: PrivacyStatement = {
  version: 2,
  title: '个人信息保护说明',
  effectiveOn: '2026-11-22',
  sections: [
    {
      heading: '我们用什么信息，做什么',
      text: '您的微信身份和手机号，用来和党组织花名册上的您对应；花名册上的信息（姓名、公民身份号码、入党日期、所在支部、党费计算基数等）由党组织提供，用来办理党员管理和党费收缴；手机型号和登录时间，只用来让您认出自己登录的设备。不收集位置、通讯录和照片。',
    },
    {
      heading: '怎样保护',
      text: '党员身份按敏感个人信息对待。公民身份号码、手机号和住址加密保存，平时只显示一部分；谁看过完整号码，会留下记录，您在“我的”里可以看到。',
    },
    {
      heading: '谁能看到',
      text: '您所在支部的书记和上级党组织中负责这项工作的人。其他支部和组织以外的人看不到。',
    },
    {
      heading: '您可以做什么',
      text: '查看自己的信息；发现有错，请支部更正；随时在“我的”里撤回同意，撤回后手机端不再与您对应。',
    },
    {
      heading: '不同意也可以',
      text: '不同意不影响您的党员权利。您可以用纸质方式参加组织生活，用现金缴纳党费。',
    },
  ],
}
