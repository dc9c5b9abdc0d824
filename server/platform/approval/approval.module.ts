import { Global, Module, type DynamicModule, type Type } from '@nestjs/common'
import { ApprovalDecisions } from './approval-decisions.js'
import { ApprovalJobs } from './approval.jobs.js'
import { ApprovalKinds } from './approval-kinds.js'
import { ApprovalPin } from './approval-pin.guard.js'
import { ApprovalQueries } from './approval.queries.js'
import { ApprovalViews } from './approval-views.js'
import { ApprovalsController } from './approvals.controller.js'
import { Approvals } from './approvals.js'
import { Deciders } from './deciders.js'
import { RequestEndings } from './request-endings.js'

export interface ApprovalOptions {
  /** The module that provides `ApprovalPeople`. */
  people: Type
}

@Global()
@Module({})
export class ApprovalModule {
  static forRoot({ people }: ApprovalOptions): DynamicModule {
    return {
      module: ApprovalModule,
      imports: [people],
      controllers: [ApprovalsController],
      providers: [
        Approvals,
        ApprovalDecisions,
        ApprovalKinds,
        ApprovalPin,
        ApprovalQueries,
        ApprovalViews,
        Deciders,
        RequestEndings,
        ApprovalJobs,
      ],
      exports: [Approvals, ApprovalDecisions, ApprovalQueries, ApprovalViews],
    }
  }
}
