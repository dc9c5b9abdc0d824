import { ValidationPipe, type ValidationError } from '@nestjs/common'
import type { FieldProblem } from '../../contracts/problem.js'
import { Invalid } from './errors.js'

/** Constraint of class-validator → what the person should do about it. */
const ADVICE: Record<string, string> = {
  isString: '应是文字',
  isInt: '应是整数',
  isNumber: '应是数字',
  isBoolean: '应是“是”或“否”',
  isArray: '应是一个列表',
  isIn: '不是可选的值，请重新选择',
  matches: '格式不对，请检查',
  min: '太小了',
  max: '太大了',
  minLength: '太短了，请补充',
  maxLength: '太长了，请缩短',
  isLength: '长度不对，请检查',
  arrayMinSize: '至少选择一项',
  arrayMaxSize: '一次选得太多了，请分几次',
  arrayUnique: '有重复的项，请去掉重复',
  whitelistValidation: '不认识这一项，请去掉',
  nestedValidation: '格式不对，请检查',
}

/** Checks every body and query against its contract; what the contract does not name is refused. */
export const contractPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => {
      const fields = errors.flatMap((error) => problemsOf(error))
      const first = fields[0]
      return new Invalid(
        'request.invalid',
        first ? `${first.field}：${first.message}。请改正后再提交。` : '提交的内容不完整，请检查后再提交。',
        fields,
      )
    },
  })

function problemsOf(error: ValidationError, parent = ''): FieldProblem[] {
  const field = parent ? `${parent}.${error.property}` : error.property
  const own = Object.keys(error.constraints ?? {}).map((constraint) => ({
    field,
    message: error.value === undefined ? '没有填写' : (ADVICE[constraint] ?? '不符合要求，请检查'),
  }))
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, field))]
}
