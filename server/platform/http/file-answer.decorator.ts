import { applyDecorators, SetMetadata } from '@nestjs/common'
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger'

export const ANSWERS_WITHOUT_JSON = 'zhibu:answers-without-json'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const PDF = 'application/pdf'

/** The route answers a file, so no JSON serializer is compiled for it. */
export const FileAnswer = (mediaType: string) =>
  applyDecorators(
    SetMetadata(ANSWERS_WITHOUT_JSON, true),
    ApiProduces(mediaType),
    ApiOkResponse({ schema: { type: 'string', format: 'binary' } }),
  )

/** The route answers with an empty body. */
export const EmptyAnswer = () => SetMetadata(ANSWERS_WITHOUT_JSON, true)
