/** A person that a visitor of the demonstration can be. The WeChat sandbox knows the person by the openid. */
export interface DemonstrationPerson {
  id: string
  openid: string
  name: string
  /** What a visitor can try as this person. */
  note: string
  /** The telephone number that the sandbox confirms. */
  phone: string
}

const person = (id: string, name: string, note: string, phone: string): DemonstrationPerson => ({
  id,
  openid: `o-demo-${id}`.padEnd(24, '0'),
  name,
  note,
  phone,
})

export const DEMONSTRATION_PEOPLE = {
  member: person('member', '陈晓霞', '党员：看账单、缴党费', '19990000001'),
  secretary: person('secretary', '李建国', '东岭村党支部书记：确认绑定、看谁没缴', '19990000002'),
  officer: person('officer', '周敏', '县委党费管理员：导入花名册、生成账单', '19990000003'),
  superior: person('superior', '高远', '县委领导：只看，不改', '19990000004'),
  elder: person('elder', '王秀兰', '78 岁老党员：长辈版', '19990000005'),
  newcomer: person('newcomer', '孙小梅', '还没有绑定的党员：用手机号绑定', '19990000006'),
  couple: person('couple', '刘桂英', '与老伴共用手机号：绑定时要写姓名', '19990000007'),
  administrator: person('administrator', '马丽', '县委党组织管理员：授予角色、审批手机号变更', '19990000008'),
  colleague: person('colleague', '热娜', '县委另一位管理员，也管党费：第二个人的同意', '19990000009'),
  stranger: person('stranger', '路人', '手机号不在花名册上', '19990000099'),
} as const satisfies Record<string, DemonstrationPerson>

export const demonstrationPeople: DemonstrationPerson[] = Object.values(DEMONSTRATION_PEOPLE)
