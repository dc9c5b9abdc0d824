/** How a state is drawn: colour, icon and word always together. */
export interface StateLabel {
  word: string
  tone: 'success' | 'warning' | 'danger' | 'plain'
  icon: string
}
