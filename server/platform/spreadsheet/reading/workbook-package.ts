import { posix } from 'node:path'
import { readMarkup } from './markup.reader.js'
import { REBUILD, SAVE_AS, unreadable, type UnreadableFile } from './unreadable-file.error.js'
import { ZipArchive, type UnpackingBudget } from './zip-archive.js'

/** A relation from one part to another. */
export interface Relation {
  id: string
  /** The last part of its type, such as 'worksheet'; the rest differs between editions of the standard. */
  type: string
  /** Name of the part that it points to. */
  target: string
}

/** Where the workbook is when a program has left out the relation to it. */
const USUAL_WORKBOOK: Relation = { id: '', type: 'officeDocument', target: 'xl/workbook.xml' }
/** Names of parts, for the message that a part is missing. */
const IN_WORDS: Readonly<Record<string, string>> = {
  officeDocument: '工作簿目录',
  worksheet: '工作表',
  sharedStrings: '文字内容',
  styles: '格式',
}

/**
 * The parts of an .xlsx workbook, still packed. Only relations tell the kind of a part, because programs name parts
 * freely. Names are compared without case, because a relation and the archive may differ in it.
 */
export class WorkbookPackage {
  private constructor(
    private readonly archive: ZipArchive,
    /** Name as it is compared → name in the archive. */
    private readonly parts: ReadonlyMap<string, string>,
    /** The part that lists the sheets. */
    readonly workbook: Relation,
    /** Relations of the workbook, by id. */
    readonly relations: ReadonlyMap<string, Relation>,
  ) {}

  /**
   * Unpacks only relations.
   * @throws UnreadableFile when it is no workbook, or a workbook that must not be opened
   */
  static async open(bytes: Buffer, budget: UnpackingBudget): Promise<WorkbookPackage> {
    const archive = await ZipArchive.open(bytes)
    const parts = new Map(archive.names.map((name) => [partName(name), name]))
    const names = [...parts.keys()]
    if (names.some((name) => /(^|\/)workbook\.bin$/.test(name))) {
      throw unreadable('old-workbook-format', `这是 .xlsb 格式的文件。${SAVE_AS}`)
    }
    if (names.some((name) => /(^|\/)(vbaproject|macrosheets\/|dialogsheets\/)/.test(name))) throw macros()
    if (names.some((name) => /(^|\/)externallinks\//.test(name))) throw externalLinks()
    const relationsOf = (part: string) => readRelations(archive, parts, part, budget)
    const workbook = (await relationsOf('')).find(({ type }) => type === 'officeDocument') ?? USUAL_WORKBOOK
    const relations = await relationsOf(workbook.target)
    const types = new Set(relations.map(({ type }) => type))
    if (types.has('vbaProject') || types.has('xlMacrosheet') || types.has('dialogsheet')) throw macros()
    if (types.has('externalLink')) throw externalLinks()
    if (!types.has('worksheet')) throw unreadable('not-a-workbook', `这不是 Excel 工作簿。${SAVE_AS}`)
    return new WorkbookPackage(archive, parts, workbook, new Map(relations.map((found) => [found.id, found])))
  }

  /** The one part of this type in the workbook. @returns null when the workbook names none */
  only(type: string): Relation | null {
    return [...this.relations.values()].find((relation) => relation.type === type) ?? null
  }

  /** Reads a part piece by piece. @throws UnreadableFile when a relation names it but the archive lacks it */
  read({ type, target }: Relation, budget: UnpackingBudget): AsyncGenerator<Buffer> {
    const name = this.parts.get(target)
    if (name === undefined) throw missing(type)
    return this.archive.read(name, budget)
  }
}

/** @param source the part whose relations are read; empty for those of the package */
async function readRelations(
  archive: ZipArchive,
  parts: ReadonlyMap<string, string>,
  source: string,
  budget: UnpackingBudget,
): Promise<Relation[]> {
  const folder = posix.dirname(source)
  const name = parts.get(posix.join(folder, '_rels', `${posix.basename(source)}.rels`))
  const relations: Relation[] = []
  if (name === undefined) return relations
  await readMarkup(archive.read(name, budget), {
    open: (tag, { Id, Type, Target, TargetMode }) => {
      if (tag !== 'Relationship' || !Id || !Type || !Target || TargetMode === 'External') return
      const target = Target.startsWith('/') ? Target : posix.join(folder, Target.replaceAll('\\', '/'))
      relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target: partName(target) })
    },
  })
  return relations
}

/** A name as it is compared. Some programs write backslashes, begin at the root, or write characters as %20. */
function partName(name: string): string {
  return decoded(name.replaceAll('\\', '/')).replace(/^\/+/, '').toLowerCase()
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

const macros = (): UnreadableFile =>
  unreadable(
    'workbook-macros',
    '工作簿里有宏，为安全起见没有读取。请在 Excel 中另存为不带宏的 .xlsx，再重新上传。',
  )

const externalLinks = (): UnreadableFile =>
  unreadable(
    'workbook-external-links',
    `工作簿里有指向其他文件的链接，内容可能不是最新的，没有读取。${REBUILD}`,
  )

const missing = (type: string): UnreadableFile =>
  unreadable(
    'workbook-part-missing',
    `工作簿不完整，缺少${IN_WORDS[type] ?? '其中一部分'}，读不出来。${SAVE_AS}`,
  )
