import { Body, Controller, Get, Param, Post, Query, Res, StreamableFile } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import {
  AssessDues,
  Assessment,
  AssessmentHistory,
  DuesDifferencePage,
} from '../../../contracts/organization/dues.js'
import {
  GenerateDues,
  Generation,
  GenerationList,
  GenerationPreview,
} from '../../../contracts/organization/generation.js'
import { LedgerExport } from '../../../contracts/organization/dues-export.js'
import {
  LedgerMonthList,
  LedgerPage,
  LedgerQuery,
  LedgerScope,
} from '../../../contracts/organization/ledger.js'
import { PageQuery } from '../../../contracts/platform/paging.js'
import { AboutNobody, AboutPerson } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { attachment } from '../../../platform/http/attachment.js'
import { FileAnswer, PDF, XLSX } from '../../../platform/http/file-answer.decorator.js'
import { WORKBOOK } from '../../../platform/http/limits/budgets.rules.js'
import { Limited } from '../../../platform/http/limits/limited.decorator.js'
import { Idempotent } from '../../../platform/idempotency/idempotent.decorator.js'
import { AsksPin } from '../../../platform/pin/asks-pin.decorator.js'
import { ExportPin } from './export-pin.guard.js'
import { BillChanges } from './bill-changes.service.js'
import { Assessments } from './assessments.service.js'
import { Generations } from './generations.service.js'
import { LedgerDocument } from './ledger-document.service.js'
import { Ledger } from './ledger.service.js'

@Controller('api/v1')
export class DuesController {
  constructor(
    private readonly ledger: Ledger,
    private readonly ledgerDocument: LedgerDocument,
    private readonly generations: Generations,
    private readonly assessments: Assessments,
    private readonly changes: BillChanges,
  ) {}

  @Requires('dues.read')
  @Get('dues-ledger')
  page(@CurrentActor() actor: Actor, @Query() query: LedgerQuery): Promise<LedgerPage> {
    return this.ledger.page(actor, query)
  }

  @Requires('dues.read')
  @Get('dues-ledger/months')
  months(@CurrentActor() actor: Actor, @Query() query: LedgerScope): Promise<LedgerMonthList> {
    return this.ledger.months(actor, query.unitId)
  }

  @Requires('dues.read')
  @Get('dues-differences')
  differences(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<DuesDifferencePage> {
    return this.changes.differences(actor, query)
  }

  @Requires('dues.export')
  @Limited(WORKBOOK)
  @AsksPin(ExportPin)
  @Get('dues-ledger/workbook')
  @FileAnswer(XLSX)
  async workbook(
    @CurrentActor() actor: Actor,
    @Query() query: LedgerExport,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return attachment(reply, XLSX, await this.ledger.workbook(actor, query))
  }

  @Requires('dues.export')
  @Limited(WORKBOOK)
  @AsksPin(ExportPin)
  @Get('dues-ledger/document')
  @FileAnswer(PDF)
  async document(
    @CurrentActor() actor: Actor,
    @Query() query: LedgerExport,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return attachment(reply, PDF, await this.ledgerDocument.print(actor, query))
  }

  @Requires('dues.generate')
  @Get('dues-generations/preview')
  preview(@CurrentActor() actor: Actor, @Query() query: GenerateDues): Promise<GenerationPreview> {
    return this.generations.preview(actor, query)
  }

  @Requires('dues.generate')
  @AboutNobody('what is owed follows from rules, the same for all')
  @Post('dues-generations')
  @Idempotent()
  generate(@CurrentActor() actor: Actor, @Body() body: GenerateDues): Promise<Generation> {
    return this.generations.start(actor, body)
  }

  @Requires('dues.generate')
  @Get('dues-generations')
  list(@CurrentActor() actor: Actor): Promise<GenerationList> {
    return this.generations.list(actor)
  }

  @Requires('dues.generate')
  @Get('dues-generations/:id')
  find(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Generation> {
    return this.generations.find(actor, id)
  }

  @Requires('dues.read')
  @Get('members/:id/assessments')
  history(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<AssessmentHistory> {
    return this.assessments.history(actor, id)
  }

  @Requires('dues.assess')
  @AboutPerson({ what: '党费核定', param: 'id' })
  @Post('members/:id/assessments')
  @Idempotent()
  assess(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: AssessDues,
  ): Promise<Assessment> {
    return this.assessments.assess(actor, id, body)
  }
}
