import { readMarkup } from './markup.reader.js'
import { MergedCells } from './merged-cells.rules.js'
import { showsDay } from './number-format.rules.js'
import type { SheetSource } from './sheet-source.js'
import { damaged, tooLarge } from './unreadable-file.error.js'
import { plainText } from './workbook-cell.rules.js'
import { WorkbookPackage } from './workbook-package.js'
import { readSheet } from './workbook-sheet.reader.js'
import { UnpackingBudget } from './zip-archive.js'

/** Bytes unpacked before the first row at most: the shared texts, and each sheet once. */
const MAX_UNPACKED_BYTES = 320 * 1024 * 1024
/** Texts of a workbook at most. The largest table with its own text in every cell has no more. */
const MAX_SHARED_TEXTS = 2_000_000
/** Characters of all texts together at most. */
const MAX_SHARED_CHARACTERS = 40_000_000

interface SheetEntry {
  name: string
  relation: string
  hidden: boolean
}

/**
 * The sheets of an .xlsx workbook, visible ones before hidden ones. Only parts that hold cells are unpacked, not
 * drop-down lists, drawings or links.
 * @throws UnreadableFile
 */
export async function openWorkbook(
  bytes: Buffer,
  budget = new UnpackingBudget(MAX_UNPACKED_BYTES),
): Promise<SheetSource[]> {
  const parts = await WorkbookPackage.open(bytes, budget)
  const { date1904, sheets } = await readDirectory(parts, budget)
  const context = {
    date1904,
    sharedTexts: await readSharedTexts(parts, budget),
    daysShown: await readStyles(parts, budget),
  }
  const found = sheets.flatMap(({ name, relation, hidden }) => {
    const part = parts.relations.get(relation)
    return part?.type === 'worksheet' ? [{ name, hidden, part }] : []
  })
  if (found.length === 0) throw damaged()
  return found
    .sort((one, other) => Number(one.hidden) - Number(other.hidden))
    .map(({ name, part }) => {
      // The merged ranges stand after the rows: the first reading finds them, the next one fills them in.
      let merged = new MergedCells()
      let isKnown = false
      return {
        name,
        date1904,
        rows: async function* () {
          const seen = new MergedCells()
          const allowance = isKnown ? new UnpackingBudget(MAX_UNPACKED_BYTES) : budget
          yield* readSheet(parts.read(part, allowance), context, merged.reading(), seen)
          merged = seen
          isKnown = true
        },
      }
    })
}

async function readDirectory(
  parts: WorkbookPackage,
  budget: UnpackingBudget,
): Promise<{ date1904: boolean; sheets: SheetEntry[] }> {
  let date1904 = false
  const sheets: SheetEntry[] = []
  await readMarkup(parts.read(parts.workbook, budget), {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      sheets.push({
        name: attributes['name'] ?? '',
        relation,
        hidden: (attributes['state'] ?? 'visible') !== 'visible',
      })
    },
  })
  return { date1904, sheets }
}

async function readStyles(parts: WorkbookPackage, budget: UnpackingBudget): Promise<boolean[]> {
  const codes = new Map<number, string>()
  const daysShown: boolean[] = []
  const styles = parts.only('styles')
  if (!styles) return daysShown
  let isCellStyle = false
  await readMarkup(parts.read(styles, budget), {
    open: (name, attributes) => {
      const id = Number(attributes['numFmtId'] ?? 0)
      if (name === 'cellXfs') isCellStyle = true
      if (name === 'cellStyles' || name === 'dxfs') isCellStyle = false
      if (name === 'numFmt' && !isCellStyle) codes.set(id, attributes['formatCode'] ?? '')
      if (name === 'xf' && isCellStyle) daysShown.push(showsDay(id, codes.get(id)))
    },
  })
  return daysShown
}

async function readSharedTexts(parts: WorkbookPackage, budget: UnpackingBudget): Promise<string[]> {
  const texts: string[] = []
  const shared = parts.only('sharedStrings')
  if (!shared) return texts
  let text = ''
  let characters = 0
  let isText = false
  let isPronunciation = false
  await readMarkup(parts.read(shared, budget), {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') isPronunciation = true
      isText = name === 't' && !isPronunciation
    },
    text: (more) => {
      if (isText) text += more
    },
    close: (name) => {
      isText = false
      if (name === 'rPh') isPronunciation = false
      if (name !== 'si') return
      characters += text.length
      if (texts.length >= MAX_SHARED_TEXTS || characters > MAX_SHARED_CHARACTERS) throw tooLarge()
      texts.push(plainText(text))
    },
  })
  return texts
}
