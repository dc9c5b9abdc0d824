import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common'
import { ApiBody, ApiConsumes } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageQuery } from '../../../contracts/platform/paging.js'
import {
  AbsentMemberPage,
  ExecuteImport,
  ImportRowPage,
  ListImportRows,
  MatchUnits,
  RosterImport,
  RosterImportList,
  TickRows,
  UploadRoster,
} from '../../../contracts/organization/roster-import.js'
import { AboutNobody } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { attachment } from '../../../platform/http/attachment.js'
import { FileAnswer, XLSX } from '../../../platform/http/file-answer.decorator.js'
import { WORKBOOK } from '../../../platform/http/limits/budgets.rules.js'
import { Limited } from '../../../platform/http/limits/limited.decorator.js'
import { readUpload } from '../../../platform/http/upload.js'
import { fieldsOfForm } from '../../../platform/http/validation.js'
import { Idempotent } from '../../../platform/idempotency/idempotent.decorator.js'
import { Absences } from './absences.service.js'
import { RosterExecution } from './roster-execution.service.js'
import { RosterImports } from './roster-imports.service.js'
import { UPLOAD } from './roster.budgets.js'
import { RosterUpload } from './roster-upload.service.js'
import { UnitMatching } from './unit-matching.service.js'

@Controller('api/v1/roster-imports')
@Requires('roster.import')
export class RosterImportsController {
  constructor(
    private readonly rosterUpload: RosterUpload,
    private readonly imports: RosterImports,
    private readonly matching: UnitMatching,
    private readonly execution: RosterExecution,
    private readonly absences: Absences,
  ) {}

  @AboutNobody()
  @Limited(UPLOAD)
  @Post()
  @Idempotent()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' }, unitId: { type: 'string' } },
    },
  })
  async upload(@CurrentActor() actor: Actor, @Req() request: FastifyRequest): Promise<RosterImport> {
    const { file, fields } = await readUpload(request)
    const { unitId } = await fieldsOfForm(fields, UploadRoster)
    return this.rosterUpload.upload(actor, file, unitId)
  }

  @Get()
  list(@CurrentActor() actor: Actor): Promise<RosterImportList> {
    return this.imports.list(actor)
  }

  @Get(':id')
  find(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<RosterImport> {
    return this.imports.find(actor, id)
  }

  @Get(':id/rows')
  rows(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() query: ListImportRows,
  ): Promise<ImportRowPage> {
    return this.imports.rows(actor, id, query)
  }

  @AboutNobody()
  @Put(':id/unit-matches')
  matchUnits(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: MatchUnits,
  ): Promise<RosterImport> {
    return this.matching.matchUnits(actor, id, body)
  }

  @AboutNobody()
  @Put(':id/ticks')
  tick(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: TickRows): Promise<RosterImport> {
    return this.execution.tick(actor, id, body)
  }

  @AboutNobody('the row of the importer alone is refused')
  @Post(':id/execution')
  @Idempotent()
  execute(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: ExecuteImport,
  ): Promise<RosterImport> {
    return this.execution.execute(actor, id, body)
  }

  @AboutNobody()
  @Delete(':id')
  cancel(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<RosterImport> {
    return this.execution.cancel(actor, id)
  }

  @Limited(WORKBOOK)
  @Get(':id/refused-rows')
  @FileAnswer(XLSX)
  async refusedRows(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return attachment(reply, XLSX, await this.imports.refusedRows(actor, id))
  }

  /** Members of the file's units whom the file does not name. */
  @Get(':id/absences')
  absent(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<AbsentMemberPage> {
    return this.absences.list(actor, id, query)
  }

  @AboutNobody('it says that nothing has changed')
  @Post(':id/absences/:memberId/answer')
  @Idempotent()
  answer(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('memberId') memberId: string,
  ): Promise<RosterImport> {
    return this.absences.answer(actor, id, memberId)
  }
}
