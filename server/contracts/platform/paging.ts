import { Type } from 'class-transformer'
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'

/** Every list is read in pages: `cursor` is the `next` of the page before. */
export class PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  cursor?: string

  /** Rows on a page, 1 to 100, 30 when not given. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number
}
