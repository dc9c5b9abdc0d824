import ExcelJS from 'exceljs'
import { pdfText } from '../../../support/pdf-text.js'
import type { WireAnswer } from './wire-call.js'

/** What a person reads in an answer: of a paper or a workbook what stands in it. */
export async function readableText({ bytes, text, headers }: WireAnswer): Promise<string> {
  const type = headers['content-type'] ?? ''
  if (type.includes('pdf')) return pdfText(bytes)
  if (!type.includes('spreadsheet')) return text
  const workbook = new ExcelJS.Workbook()
  // The types of exceljs know an older Buffer.
  await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  const texts: string[] = []
  workbook.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell(({ text: cell }) => texts.push(cell))))
  return texts.join('\n')
}
