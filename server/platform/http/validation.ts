import { ValidationPipe, type ArgumentMetadata, type Type, type ValidationError } from '@nestjs/common'
import type { FieldProblem } from '../../contracts/platform/problem.js'
import { Invalid, NotFound } from './errors.js'
import { findUnacceptable } from './unacceptable-input.rules.js'

const UNKNOWN = '不认识这一项，请去掉'
/** Constraint of class-validator → what the person should do. Of several broken ones the first here is shown. */
const ADVICE: Record<string, string> = {
  whitelistValidation: UNKNOWN,
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
  nestedValidation: '格式不对，请检查',
}

/** What an id, a trade number or a merchant number in an address may look like. */
const ADDRESSABLE = /^[\w-]{1,64}$/
/** Nobody corrects more fields at once, and a refusal must not be larger than the request. */
const MOST_FIELDS = 20
const MOST_NAME = 60
/** Characters that no field name of a contract has. */
const NOT_OF_A_NAME = /[^\p{L}\p{N}_.-]/gu

/** Checks every body and query against its contract. A field that the contract does not name is refused. */
export const contractPipe = (): ValidationPipe => new ContractPipe()

/**
 * Checks the fields of a form, which no pipe sees, like those of a body.
 * @throws Invalid `request.invalid`
 */
export const fieldsOfForm = <T>(fields: object, contract: Type<T>): Promise<T> =>
  form.transform(fields, { type: 'body', metatype: contract }) as Promise<T>

class ContractPipe extends ValidationPipe {
  private readonly contentWithNothing = new Set<Type>()

  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      exceptionFactory: (errors) => invalid(errors.flatMap((error) => problemsOf(error))),
    })
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'param' && !(typeof value === 'string' && ADDRESSABLE.test(value))) {
      throw new NotFound()
    }
    // The value was made by our own parameter decorator, not by the caller.
    if (metadata.type === 'custom') return Promise.resolve(value)
    if (metadata.type === 'query' && isEmpty(value)) return this.withoutParameters(value, metadata)
    // Checked before any recursive code walks through the input.
    const problem = findUnacceptable(value)
    if (problem) throw invalid([problem])
    return super.transform(value, metadata) as Promise<unknown>
  }

  /** Most reads have no query parameters. Whether a contract accepts that is validated once and remembered. */
  private async withoutParameters(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { metatype } = metadata
    if (metatype && this.contentWithNothing.has(metatype)) return new metatype()
    const transformed: unknown = await super.transform(value, metadata)
    if (metatype && transformed instanceof metatype) this.contentWithNothing.add(metatype)
    return transformed
  }
}

const form = new ContractPipe()

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** @returns the refusal of fields that a route does not take */
export const unknownFields = (names: string[]): Invalid =>
  invalid(names.map((field) => ({ field, message: UNKNOWN })))

function invalid(problems: FieldProblem[]): Invalid {
  const fields = problems
    .slice(0, MOST_FIELDS)
    .map(({ field, message }) => ({ field: shown(field), message }))
  const [first] = fields
  return new Invalid(
    'request.invalid',
    first ? `${first.field}：${first.message}。请改正后再提交。` : '提交的内容不完整，请检查后再提交。',
    fields,
  )
}

/** The caller made up an unknown field name, so it may be long or hold line breaks. */
const shown = (name: string): string => name.slice(0, MOST_NAME).replace(NOT_OF_A_NAME, '?')

function problemsOf(error: ValidationError, parent = ''): FieldProblem[] {
  const field = parent ? `${parent}.${error.property}` : error.property
  const broken = error.constraints ?? {}
  const message =
    error.value === undefined
      ? '没有填写'
      : (Object.entries(ADVICE).find(([constraint]) => constraint in broken)?.[1] ?? '不符合要求，请检查')
  const own = Object.keys(broken).length > 0 ? [{ field, message }] : []
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, field))]
}
