/** Findings that are accepted for now. Every entry has a reason and a day on which somebody checks it again. */
export interface Accepted {
  /** Advisories of severity high and critical. */
  advisories: Array<{ package: string; id: string; reason: string; until: string }>
  /** `name@version` of packages that their authors have deprecated. */
  deprecations: Array<{ package: string; reason: string; until: string }>
}

const PACKS_WORKBOOKS = 'only where exceljs packs workbooks of the demonstration and of tests'

export const ACCEPTED: Accepted = {
  advisories: [],
  deprecations: [
    { package: 'glob@7.2.3', reason: `archiver 5 of exceljs: ${PACKS_WORKBOOKS}`, until: '2027-06-30' },
    { package: 'inflight@1.0.6', reason: `glob 7 of exceljs: ${PACKS_WORKBOOKS}`, until: '2027-06-30' },
    {
      package: 'fstream@1.0.12',
      reason: 'unzipper 0.10 of exceljs; unzipper 0.12 is without',
      until: '2027-06-30',
    },
    { package: 'rimraf@2.7.1', reason: 'fstream of unzipper 0.10 of exceljs', until: '2027-06-30' },
    {
      package: 'lodash.isequal@4.5.0',
      reason: 'fast-csv of exceljs; we read CSV by csv-parse',
      until: '2027-06-30',
    },
    { package: 'uuid@8.3.2', reason: 'exceljs names things in a workbook by it', until: '2027-06-30' },
  ],
}
