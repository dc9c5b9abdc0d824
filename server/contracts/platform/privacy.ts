export class PrivacySection {
  heading: string
  text: string
}

/** What a person agrees to before anything about them is stored. */
export class PrivacyStatement {
  version: number
  title: string
  /** ISO date from which it holds. */
  effectiveOn: string
  sections: PrivacySection[]
}
