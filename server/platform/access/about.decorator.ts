import { SetMetadata } from '@nestjs/common'

export const ABOUT = 'zhibu:about'

/** Where a request names the person that its route decides about. */
export type PersonNamed = {
  /** What is decided, in the words people read: 「绑定」. */
  what: string
  /**
   * The kind of row that is named instead of the person, as its feature has registered it with `ConcernedPersons`.
   * Without it the id is a member's.
   */
  through?: string
} & (
  | {
      /** A place in the path. */
      param: string
    }
  | {
      /** A field of the body, one id or a list of them. */
      field: string
    }
)

/** Whom a route decides about. */
export type About =
  ({ whom: 'person' } & PersonNamed) | { whom: 'oneself' } | { whom: 'nobody'; because?: string }

/*
 * Every route that changes something carries one of these three. A GET carries none: reading decides nothing.
 */

/** The route decides about one person or several. Whoever is one of them is refused: 409 `access.about-yourself`. */
export const AboutPerson = (named: PersonNamed) => mark({ whom: 'person', ...named })

/** A person acts for themselves: signs in, claims, pays. Not for routes that ask for a permission over a unit. */
export const AboutOneself = () => mark({ whom: 'oneself' })

/** The route decides about no single person. @param because the reason where it is not plain */
export const AboutNobody = (because?: string) =>
  mark({ whom: 'nobody', ...(because === undefined ? {} : { because }) })

const mark = (about: About) => SetMetadata(ABOUT, about)
