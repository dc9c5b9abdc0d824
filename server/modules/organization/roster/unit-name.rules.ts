/** Finds the unit a roster means by the name it writes. Close names are proposed for a person to confirm. */

export interface KnownUnit {
  id: string
  name: string
}

/** `exact`: the same name but for writing; `score` is 1 for these, and below 1 for names that are only alike. */
export interface UnitProposal {
  unitId: string
  score: number
  exact: boolean
}

const MAX_PROPOSALS = 3
/** Below this score two names share little more than words that all names of branches have. */
const THRESHOLD = 0.5
/** One wrong character in a short name says less than shared pairs of characters in a long one. */
const EDIT_WEIGHT = 0.9
const OTHER_KIND = 0.8
const UNSTATED_KIND = 0.9

type UnitKind = 'group' | 'general-branch' | 'branch' | 'working-committee' | 'committee' | 'unstated'

const KINDS: readonly (readonly [RegExp, UnitKind])[] = [
  [/党?小组$/, 'group'],
  [/党?总支部?$/, 'general-branch'],
  [/党?支部$/, 'branch'],
  [/党?工委$/, 'working-committee'],
  [/党?委$/, 'committee'],
]

/** Known units with parsed names: each is parsed once and compared with many written names. */
export type UnitIndex = ReadonlyArray<{ id: string; name: UnitName }>

export const indexUnits = (known: readonly KnownUnit[]): UnitIndex =>
  known.map(({ id, name }) => ({ id, name: takeApart(name) }))

/**
 * At most three known units for a written name, best first; empty when nothing is near.
 * More than one `exact` proposal means that the known names themselves cannot be told apart.
 */
export function proposeFrom(index: UnitIndex, name: string): UnitProposal[] {
  const wanted = takeApart(name)
  if (wanted.stem === '') return []
  return index
    .filter((unit) => mayBeNear(wanted, unit.name))
    .map((unit) => propose(wanted, unit))
    .filter((proposal) => proposal.score >= THRESHOLD)
    .sort((one, other) => other.score - one.score || Number(other.exact) - Number(one.exact))
    .slice(0, MAX_PROPOSALS)
}

/** `proposeFrom` for one name alone. */
export const proposeUnits = (name: string, known: readonly KnownUnit[]): UnitProposal[] =>
  proposeFrom(indexUnits(known), name)

function propose(wanted: UnitName, unit: UnitIndex[number]): UnitProposal {
  const candidate = unit.name
  if (candidate.stem === wanted.stem && candidate.kind === wanted.kind) {
    return { unitId: unit.id, score: 1, exact: true }
  }
  const likeness = Math.max(
    sharedPairs(wanted.stem, candidate.stem),
    EDIT_WEIGHT * sameCharacters(wanted.stem, candidate.stem),
  )
  const score = likeness * kindWeight(wanted.kind, candidate.kind)
  return { unitId: unit.id, score: Math.min(0.99, Math.round(score * 100) / 100), exact: false }
}

interface UnitName {
  /** What tells this unit from others of its kind. */
  stem: string
  kind: UnitKind
  characters: ReadonlySet<string>
  /** In characters. */
  length: number
}

/**
 * Whether the measures below could reach the threshold at all: each character that only one of two names has costs at
 * least one edit and one pair. This check drops most pairs of names and costs much less than the measures.
 */
function mayBeNear(one: UnitName, other: UnitName): boolean {
  if (one.stem === other.stem) return true
  let shared = 0
  for (const character of one.characters) if (other.characters.has(character)) shared += 1
  if (shared === 0) return false
  const [alone, otherAlone] = [one.characters.size - shared, other.characters.size - shared]
  const pairs = Math.min(one.length - 1 - alone, other.length - 1 - otherAlone)
  const likeness = Math.max(
    (2 * pairs) / Math.max(one.length + other.length - 2, 1),
    EDIT_WEIGHT * (1 - Math.max(alone, otherAlone) / Math.max(one.length, other.length)),
  )
  return likeness >= THRESHOLD
}

function takeApart(name: string): UnitName {
  const { stem, kind } = stemAndKind(name)
  return { stem, kind, characters: new Set(stem), length: [...stem].length }
}

function stemAndKind(name: string): Pick<UnitName, 'stem' | 'kind'> {
  const plain = name
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{P}]+/gu, '')
    .replace(/^(中国共产党|中共)/, '')
    .replace(/支部委员会$/, '支部')
    .replace(/工作委员会$/, '工委')
    .replace(/委员会$/, '委')
    .replace(
      /第(10|[1-9])(?!\d)/g,
      (_, number: string) => `第${'一二三四五六七八九十'.charAt(Number(number) - 1)}`,
    )
  for (const [suffix, kind] of KINDS) {
    if (suffix.test(plain)) return { stem: plain.replace(suffix, ''), kind }
  }
  return { stem: plain, kind: 'unstated' }
}

function kindWeight(one: UnitKind, other: UnitKind): number {
  if (one === other) return 1
  return one === 'unstated' || other === 'unstated' ? UNSTATED_KIND : OTHER_KIND
}

/** Dice coefficient of the pairs of neighbouring characters, 0 to 1. */
function sharedPairs(one: string, other: string): number {
  if (one === other) return 1
  const pairs = pairsOf(one)
  const others = pairsOf(other)
  if (pairs.length === 0 || others.length === 0) return 0
  const total = pairs.length + others.length
  let shared = 0
  for (const pair of pairs) {
    const at = others.indexOf(pair)
    if (at < 0) continue
    others.splice(at, 1)
    shared += 1
  }
  return (2 * shared) / total
}

function pairsOf(text: string): string[] {
  const characters = [...text]
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

/** 1 minus the edit distance in proportion to the longer name. */
function sameCharacters(one: string, other: string): number {
  const from = [...one]
  const to = [...other]
  let distances = to.map((_, index) => index + 1)
  let corner = 0
  from.forEach((character, row) => {
    let diagonal = corner
    corner = row + 1
    let left = corner
    distances = distances.map((above, column) => {
      const cost = to[column] === character ? 0 : 1
      left = Math.min(above + 1, left + 1, diagonal + cost)
      diagonal = above
      return left
    })
  })
  const distance = distances.at(-1) ?? from.length
  return 1 - distance / Math.max(from.length, to.length, 1)
}
