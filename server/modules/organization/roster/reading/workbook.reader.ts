import { readMarkup } from './markup.reader.js'
import { MergedCells } from './merged-cells.rules.js'
import { showsDay } from './number-format.rules.js'
import type { SheetSource } from './sheet-source.js'
import { damaged, tooLarge } from './unreadable-file.error.js'
import { plainText } from './workbook-cell.rules.js'
import { workbookParts, type ZipPart } from './workbook-container.rules.js'
import { readSheet } from './workbook-sheet.reader.js'
import { unpack, UnpackingBudget } from './zip-part.reader.js'

/** Bytes unpacked before the first row is read: texts, and one look at each sheet that may be the roster. */
const MAX_UNPACKED_BYTES = 320 * 1024 * 1024
/** Texts of a workbook: the largest roster with a text of its own in every cell has no more. */
const MAX_SHARED_TEXTS = 2_000_000
/** Characters of all texts together. */
const MAX_SHARED_CHARACTERS = 40_000_000

interface SheetEntry {
  name: string
  relation: string
  hidden: boolean
}

type Parts = ReadonlyMap<string, ZipPart>

/**
 * The sheets of an .xlsx workbook, visible ones before hidden ones. Only the parts that hold cells are ever unpacked:
 * drop-down lists, drawings, links and whatever else there is cost nothing.
 * @throws UnreadableFile
 */
export async function openWorkbook(
  bytes: Buffer,
  budget = new UnpackingBudget(MAX_UNPACKED_BYTES),
): Promise<SheetSource[]> {
  const parts = workbookParts(bytes)
  const { date1904, sheets } = await readDirectory(parts, budget)
  const relations = await readRelations(parts, budget)
  const partOf = (type: string) => {
    const [target] = [...relations.values()].filter((relation) => relation.type.endsWith(`/${type}`))
    return target && parts.get(target.path)
  }
  const context = {
    date1904,
    sharedTexts: await readSharedTexts(partOf('sharedStrings'), budget),
    daysShown: await readStyles(partOf('styles'), budget),
  }
  const found = sheets.flatMap(({ name, relation, hidden }) => {
    const target = relations.get(relation)
    const part = target?.type.endsWith('/worksheet') ? parts.get(target.path) : undefined
    return part ? [{ name, hidden, part }] : []
  })
  if (found.length === 0) throw damaged()
  return found
    .sort((one, other) => Number(one.hidden) - Number(other.hidden))
    .map(({ name, part }) => {
      // The merged ranges stand behind the rows: the first look finds them, the next one fills them in.
      let merged = new MergedCells()
      let isKnown = false
      return {
        name,
        date1904,
        rows: async function* () {
          const seen = new MergedCells()
          const allowance = isKnown ? new UnpackingBudget(MAX_UNPACKED_BYTES) : budget
          yield* readSheet(unpack(part, allowance), context, merged.reading(), seen)
          merged = seen
          isKnown = true
        },
      }
    })
}

async function readDirectory(
  parts: Parts,
  budget: UnpackingBudget,
): Promise<{ date1904: boolean; sheets: SheetEntry[] }> {
  let date1904 = false
  const sheets: SheetEntry[] = []
  await readPart(parts.get('xl/workbook.xml'), budget, (name, attributes) => {
    if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
    if (name !== 'sheet') return
    const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
    sheets.push({
      name: attributes['name'] ?? '',
      relation,
      hidden: (attributes['state'] ?? 'visible') !== 'visible',
    })
  })
  return { date1904, sheets }
}

async function readRelations(
  parts: Parts,
  budget: UnpackingBudget,
): Promise<Map<string, { type: string; path: string }>> {
  const relations = new Map<string, { type: string; path: string }>()
  await readPart(parts.get('xl/_rels/workbook.xml.rels'), budget, (name, { Id, Type, Target }) => {
    if (name !== 'Relationship' || !Id || !Type || !Target) return
    const path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`
    relations.set(Id, { type: Type, path: path.replace(/^xl\/\.\.\//, '') })
  })
  return relations
}

async function readStyles(part: ZipPart | undefined, budget: UnpackingBudget): Promise<boolean[]> {
  const codes = new Map<number, string>()
  const daysShown: boolean[] = []
  let isCellStyle = false
  await readPart(part, budget, (name, attributes) => {
    const id = Number(attributes['numFmtId'] ?? 0)
    if (name === 'cellXfs') isCellStyle = true
    if (name === 'cellStyles' || name === 'dxfs') isCellStyle = false
    if (name === 'numFmt' && !isCellStyle) codes.set(id, attributes['formatCode'] ?? '')
    if (name === 'xf' && isCellStyle) daysShown.push(showsDay(id, codes.get(id)))
  })
  return daysShown
}

async function readSharedTexts(part: ZipPart | undefined, budget: UnpackingBudget): Promise<string[]> {
  const texts: string[] = []
  if (!part) return texts
  let text = ''
  let characters = 0
  let isText = false
  let isPronunciation = false
  await readMarkup(unpack(part, budget), {
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

async function readPart(
  part: ZipPart | undefined,
  budget: UnpackingBudget,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
): Promise<void> {
  if (part) await readMarkup(unpack(part, budget), { open })
}
