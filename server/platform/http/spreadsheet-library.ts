import type ExcelJS from 'exceljs'

/**
 * The library for workbooks. It takes as long to load as a fifth of everything else, so it is loaded with the first
 * workbook and not with the server.
 */
export const spreadsheetLibrary = async (): Promise<typeof ExcelJS> => (await import('exceljs')).default
